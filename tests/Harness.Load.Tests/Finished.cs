namespace Harness.Load.Tests;

/// <summary>Waits in tests: for a condition, with a limit so generous that only a defect passes it.</summary>
internal static class Finished
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
            await Task.Delay(5, limit.Token);
    }
}
