using Harness.Records;

namespace Harness.Reports.Figures;

/// <summary>A row of the table of quantiles.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">One step of it; null for the whole iteration, counted from its due time.</param>
/// <param name="Phase">The phase in which the arrivals were due.</param>
/// <param name="Latency">What was measured.</param>
internal sealed record LatencyRow(string Scenario, string? Step, Phase Phase, LatencyDigest Latency)
{
    /// <summary>Every distribution by scenario, whole iterations before their steps, then by phase.</summary>
    public static IReadOnlyList<LatencyRow> Of(RunFacts facts)
    {
        var scenarios = facts.Scenarios.ToList();
        return
        [
            .. from interval in facts.Latency
               where interval.Tag.Measure != LatencyTag.Lateness
               group interval by interval.Tag into tagged
               let digest = LatencyDigest.Of(tagged)
               where digest is not null
               let tag = tagged.Key
               orderby scenarios.IndexOf(tag.Scenario), tag.Step is not null, tag.Step, tag.Phase
               select new LatencyRow(tag.Scenario, tag.Step, tag.Phase, digest),
        ];
    }
}
