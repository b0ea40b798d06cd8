namespace Harness.Reports.Charts;

/// <summary>Whether the generator itself was well.</summary>
internal static class GeneratorCharts
{
    public static IEnumerable<Chart> Of(RunFacts facts)
    {
        if (LatencyCharts.Lateness(facts) is { } lateness)
            yield return lateness;

        var lines = new ChartLines();
        foreach (var sample in facts.Series)
        {
            if (sample.Generator is not { } generator)
                continue;
            lines.Add(sample.At, "processor", generator.CpuRatio, color: 1);
            lines.Add(sample.At, "stopped for garbage collection", generator.GcPause.TotalSeconds, color: 2, LineStyle.Dashed);
        }

        if (lines.At.Count > 0)
        {
            yield return new Chart
            {
                Id = "generator",
                Title = "Processor of the generator",
                Caption = "Processor time over real time (100 % is one core), and the share of each second in which all its threads stood still.",
                Unit = ChartUnit.Ratio,
                At = lines.At,
                Lines = lines.ToLines(),
            };
        }
    }
}
