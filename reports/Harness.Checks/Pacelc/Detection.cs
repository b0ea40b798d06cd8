using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>How long the system took to notice the cut.</summary>
public static class Detection
{
    /// <summary>From the cut to the first request that was refused, or to the first second in which a breaker was seen open.</summary>
    /// <returns>Null when neither was seen in P.</returns>
    public static TimeSpan? Of(PacelcRun run)
    {
        TimeSpan? refused = run.History
            .Where(one => one.Outcome == Outcome.Refused && run.Partition.Has(one.Invoked) && one.Completed is not null)
            .Select(one => one.Completed)
            .Min();
        TimeSpan? first = refused is null || run.BreakerOpened < refused ? run.BreakerOpened ?? refused : refused;
        return first - run.Partition.From;
    }
}
