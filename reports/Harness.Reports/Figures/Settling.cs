using Harness.Records;

namespace Harness.Reports.Figures;

/// <summary>When the data came to rest.</summary>
/// <param name="After">From the later of the last healing and the end of the load; null when it did not come to rest, or nobody looked.</param>
/// <param name="IsOpen">It had not come to rest when the run ended.</param>
internal sealed record Settling(TimeSpan? After, bool IsOpen)
{
    public static Settling Of(RunFacts facts)
    {
        if (facts.Events.Any(e => e.Kind == EventKind.NotSettled))
            return new Settling(null, true);
        TimeSpan? healed = facts.Faults.Any(f => f.End is null) ? null : facts.Faults.Select(f => f.End).Max();
        TimeSpan? loadEnded = facts.Phases.FirstOrDefault(p => p.Phase == Phase.Settle)?.Start;
        TimeSpan? quiet = healed is null || loadEnded > healed ? loadEnded : healed;
        return facts.Events.FirstOrDefault(e => e.Kind == EventKind.Settled) is { } settled && quiet is { } since
            ? new Settling(settled.At > since ? settled.At - since : TimeSpan.Zero, false)
            : new Settling(null, false);
    }
}
