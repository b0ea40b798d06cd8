using System.Diagnostics;

namespace Harness.Target.Tests;

/// <summary>Waits for a condition, with a limit that only something broken reaches.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"Waited {Patience} in vain until {what}.");
            await Task.Delay(20);
        }
    }
}
