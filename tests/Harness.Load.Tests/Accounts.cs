namespace Harness.Load.Tests;

/// <summary>Adds up what an observer was told.</summary>
internal sealed class Accounts : ILoadObserver
{
    private readonly List<LoadInterval> _intervals = [];
    private readonly Lock _gate = new();

    public IReadOnlyList<LoadInterval> Intervals
    {
        get
        {
            lock (_gate)
                return [.. _intervals];
        }
    }

    public void OnInterval(LoadInterval interval)
    {
        lock (_gate)
            _intervals.Add(interval);
    }

    public long Sum(Func<ScenarioInterval, long> count) => Intervals.SelectMany(interval => interval.Scenarios).Sum(count);

    /// <summary>Every arrival is in exactly one place.</summary>
    public static void AssertBalance(ScenarioInterval account) =>
        Assert.Equal(account.Due, account.Ok + account.Refused + account.Unknown + account.Dropped + account.Open);
}
