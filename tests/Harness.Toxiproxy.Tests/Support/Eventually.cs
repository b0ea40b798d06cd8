namespace Harness.Toxiproxy.Tests.Support;

/// <summary>Waits for a condition instead of a time.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token, TestContext.Current.CancellationToken);
        while (!await condition())
            await Task.Delay(5, either.Token);
    }
}
