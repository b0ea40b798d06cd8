using Harness.Reports.Markup;
using Harness.Reports.Sections;

namespace Harness.Reports.Comparing;

/// <summary>Every run drawn small, all on one scale, so that the eye can compare them.</summary>
internal static class MultiplesSection
{
    public static Section Of(Comparison comparison)
    {
        RunCurves[] curves = [.. comparison.Runs.Select(run => RunCurves.Of(run.Facts))];
        string[] scenarios = [.. curves.SelectMany(one => one.Scenarios.Select(s => s.Name)).Distinct()];
        var scale = MultiplesScale.Of(curves);
        bool many = ComparisonPage.Groups(comparison).Count() > 1;
        return new Section("multiples", "On one scale", Html.Of($"""
            <p>The phases and what was put wrong; below them the rate (dashed: asked, solid: ok) and the latency of each second (dashed: p50, solid: p99). All drawings share their scales.</p>
            <ul class="key">{scenarios.Select((name, i) => Html.Of($"""<li class="c{i % 8 + 1}"><svg viewBox="0 0 28 8" aria-hidden="true"><line x1="0" x2="28" y1="4" y2="4"/></svg><span>{name}</span></li>"""))}</ul>
            <div class="runs">
            {comparison.Runs.Select((run, i) => MultipleFigure.Of(run, many, curves[i], scenarios, scale))}
            </div>
            """))
        { Link = "Scale" };
    }
}

/// <summary>What all small drawings of a comparison share.</summary>
/// <param name="Seconds">From the first phase to the end of the longest run.</param>
/// <param name="Rate">A second, at most.</param>
/// <param name="Low">Power of ten of milliseconds below all latencies.</param>
/// <param name="High">Power of ten above them.</param>
internal sealed record MultiplesScale(double Seconds, double Rate, int Low, int High)
{
    private static readonly double[] Nice = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

    public static MultiplesScale Of(IReadOnlyList<RunCurves> runs)
    {
        double seconds = runs.Max(run => run.Seconds);
        double rate = runs.SelectMany(run => run.Scenarios).SelectMany(s => s.Asked.Concat(s.Ok)).Select(p => p.Value).DefaultIfEmpty(1).Max();
        double[] latencies = [.. runs.SelectMany(run => run.Scenarios).SelectMany(s => s.P50.Concat(s.P99)).Select(p => p.Value).Where(v => v > 0)];
        int low = latencies.Length == 0 ? 0 : (int)Math.Floor(Math.Log10(latencies.Min()));
        int high = latencies.Length == 0 ? 1 : (int)Math.Ceiling(Math.Log10(latencies.Max()));
        return new MultiplesScale(Math.Max(1, seconds), RoundUp(rate), low, Math.Max(low + 1, high));
    }

    /// <summary>Every power where they are few, every other where their words would touch.</summary>
    public bool HasLabel(int power) => High - Low <= 4 || (power - Low) % 2 == 0;

    private static double RoundUp(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1))));
        return Nice.First(factor => factor * power >= value * 0.999) * power;
    }
}
