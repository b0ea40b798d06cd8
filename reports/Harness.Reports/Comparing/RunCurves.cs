using Harness.Records;

namespace Harness.Reports.Comparing;

/// <summary>A run as lines, thinned out to what a small drawing can show.</summary>
/// <param name="Start">Of the first phase, since the start of the run.</param>
/// <param name="Seconds">From there to the end.</param>
/// <param name="Scenarios">In the order of the run.</param>
internal sealed record RunCurves(TimeSpan Start, double Seconds, IReadOnlyList<ScenarioCurves> Scenarios)
{
    private const int MostPoints = 160;

    public static RunCurves Of(RunFacts facts)
    {
        TimeSpan start = facts.Phases.Select(p => p.Start).DefaultIfEmpty(TimeSpan.Zero).Min();
        double seconds = Math.Max(1, (facts.Length - start).TotalSeconds);
        double bin = Math.Max(1, Math.Ceiling(seconds / MostPoints));
        long BinOf(TimeSpan end) => (long)Math.Floor(((end - start).TotalSeconds - 0.5) / bin);
        double Middle(long index) => Math.Clamp((index + 0.5) * bin, 0, seconds);
        return new RunCurves(start, seconds, [.. facts.Scenarios.Select(scenario =>
        {
            var samples = facts.Series.SelectMany(s => s.Scenarios.Where(one => one.Scenario == scenario && one.Step is null).Select(one => (s.At, One: one)))
                .GroupBy(s => BinOf(s.At)).Where(s => s.Key >= 0).OrderBy(s => s.Key).ToList();
            var latency = facts.Latency.Where(l => l.Tag.Scenario == scenario && l.Tag.Measure == LatencyTag.Response)
                .GroupBy(l => BinOf(l.Start + l.Length)).Where(l => l.Key >= 0).OrderBy(l => l.Key)
                .Select(l => (At: Middle(l.Key), Values: RunRecordLatency.Merge(l))).Where(l => l.Values.TotalCount > 0).ToList();
            return new ScenarioCurves(
                scenario,
                [.. samples.Where(s => s.Any(x => x.One.Due > 0)).Select(s => new CurvePoint(Middle(s.Key), s.Sum(x => x.One.Due) / bin))],
                [.. samples.Select(s => new CurvePoint(Middle(s.Key), s.Sum(x => x.One.Ok) / bin))],
                [.. latency.Select(l => new CurvePoint(l.At, l.Values.AtQuantile(0.5m) / 1000.0))],
                [.. latency.Select(l => new CurvePoint(l.At, l.Values.AtQuantile(0.99m) / 1000.0))]);
        })]);
    }
}

/// <summary>The lines of one scenario: rates a second, latencies in milliseconds.</summary>
internal sealed record ScenarioCurves(
    string Name, IReadOnlyList<CurvePoint> Asked, IReadOnlyList<CurvePoint> Ok, IReadOnlyList<CurvePoint> P50, IReadOnlyList<CurvePoint> P99);

/// <summary>A value at a moment, in seconds since the first phase.</summary>
internal readonly record struct CurvePoint(double At, double Value);
