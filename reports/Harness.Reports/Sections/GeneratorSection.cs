using Harness.Records;
using Harness.Reports.Charts;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>Whether to believe the numbers: the generator's own health.</summary>
internal static class GeneratorSection
{
    public static Section Of(RunFacts facts)
    {
        var charts = GeneratorCharts.Of(facts).ToList();
        return new Section("generator", "The generator's own health", Html.Of($"""
            <p>A generator that is late, starved or stopped measures itself. What it adds stands here.</p>
            {Figures(facts)}
            <div class="multiples">{ChartFigure.All(charts)}</div>
            """)) { Charts = charts, Link = "Generator" };
    }

    private static Html Figures(RunFacts facts)
    {
        var lateness = LatencyDigest.Of(facts.Latency.Where(l => l.Tag.Measure == LatencyTag.Lateness));
        var health = facts.Series.Select(s => s.Generator).OfType<GeneratorSample>().ToList();
        return FactList.Of(
            ("Started late by", lateness is null
                ? Written.Nothing
                : $"p50 {Written.Duration(lateness.P50)}, p99 {Written.Duration(lateness.P99)}, max {Written.Duration(lateness.Max)}"),
            ("Dropped arrivals", Written.Count(facts.Series.SelectMany(s => s.Scenarios).Sum(s => s.Dropped))),
            ("Processor, highest", health.Count == 0 ? Written.Nothing : Written.PerCent(health.Max(h => h.CpuRatio))),
            ("Memory, highest", health.Count == 0 ? Written.Nothing : Written.Bytes(health.Max(h => h.MemoryBytes))),
            ("Stopped for garbage collection", Written.Duration(TimeSpan.FromTicks(health.Sum(h => h.GcPause.Ticks)))));
    }
}
