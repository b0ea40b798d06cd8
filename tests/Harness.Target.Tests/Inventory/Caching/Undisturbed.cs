namespace Harness.Target.Tests.Inventory.Caching;

/// <summary>Runs what is only true while the cache answers in time. All waiting for it is bounded, so on a machine that is busy with something else
/// a command may be given up; a round in which that happened proves nothing, and another one is made.</summary>
public static class Undisturbed
{
    private const int RoundsMax = 15;

    /// <param name="round">Given the number of the round, from 1.</param>
    public static async Task RunAsync(Func<int, Task> round)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                await round(number);
                return;
            }
            catch (DisturbedException) when (number < RoundsMax)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            }
        }
    }
}

/// <summary>The cache did not answer in time, though nothing was done to it.</summary>
public sealed class DisturbedException(string message) : Exception(message);
