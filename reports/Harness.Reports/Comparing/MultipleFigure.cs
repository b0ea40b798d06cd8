using System.Globalization;
using Harness.Reports.Figures;
using Harness.Reports.Markup;
using Harness.Reports.Sections;

namespace Harness.Reports.Comparing;

/// <summary>One run, drawn small and without a script.</summary>
internal static class MultipleFigure
{
    private const double Left = 48, Right = 356, Lanes = 6, LaneHeight = 11;
    private const double RateTop = 40, RateBottom = 104, LatencyTop = 120, LatencyBottom = 204;

    public static Html Of(ComparedRun run, bool namesExperiment, RunCurves curves, string[] scenarios, MultiplesScale scale)
    {
        double X(double seconds) => Left + Math.Clamp(seconds / scale.Seconds, 0, 1) * (Right - Left);
        double Rate(double value) => RateBottom - value / scale.Rate * (RateBottom - RateTop);
        double Latency(double milliseconds) =>
            LatencyBottom - (Math.Log10(Math.Max(milliseconds, 1e-3)) - scale.Low) / (scale.High - scale.Low) * (LatencyBottom - LatencyTop);
        double Since(TimeSpan at) => (at - curves.Start).TotalSeconds;
        string name = namesExperiment && run.Name != run.Experiment ? $"{run.Experiment}, {run.Name}" : run.Name;
        return Html.Of($"""
            <figure class="run {VerdictWord.Class(run.Verdict)}">
            <figcaption><h3>{VerdictWord.Badge(run.Verdict)}<span>{name}</span></h3></figcaption>
            <svg viewBox="0 0 360 222" role="img" aria-label="{name}. {Words(curves)}">
            {run.Facts.Phases.Select(p => Lane($"phase {Written.Word(p.Phase)}", Lanes, X(Since(p.Start)), X(Since(p.End)), $"{Written.Word(p.Phase)} {Written.Moment(p.Start)} to {Written.Moment(p.End)}"))}
            {run.Facts.Faults.Select(f => Lane("fault-lane", Lanes + LaneHeight + 3, X(Since(f.Start)), X(Since(f.End ?? run.Facts.Length)), FaultName.Of(run.Facts, f.Name)))}
            {run.Facts.Faults.Select(f => Html.Of($"""<rect class="fault-area" x="{X(Since(f.Start))}" y="{RateTop}" width="{X(Since(f.End ?? run.Facts.Length)) - X(Since(f.Start))}" height="{LatencyBottom - RateTop}"/>"""))}
            {Grid(RateTop, $"{Written.Number(scale.Rate)}/s")}{Grid(RateBottom, "0")}
            {Enumerable.Range(scale.Low, scale.High - scale.Low + 1).Select(power => Grid(Latency(Math.Pow(10, power)), scale.HasLabel(power) ? Power(power) : ""))}
            <text class="tick" x="{Left}" y="219">0 s</text><text class="tick" text-anchor="end" x="{Right}" y="219">{Written.Number(Math.Round(scale.Seconds))} s</text>
            {curves.Scenarios.Select(s => Html.Of($"""<g class="c{Array.IndexOf(scenarios, s.Name) % 8 + 1}">{Line("dashed", s.Asked, X, Rate)}{Line("", s.Ok, X, Rate)}{Line("dashed", s.P50, X, Latency)}{Line("", s.P99, X, Latency)}</g>"""))}
            </svg>
            </figure>

            """);
    }

    private static Html Lane(string kind, double top, double from, double to, string title) => Html.Of(
        $"""<rect class="{kind}" x="{from}" y="{top}" width="{Math.Max(1.5, to - from)}" height="{LaneHeight}" rx="1.5"><title>{title}</title></rect>""");

    /// <summary>A power of ten of milliseconds.</summary>
    private static string Power(int power) => power switch
    {
        >= 3 => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, power - 3)} s"),
        >= 0 => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, power)} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, power + 3)} µs"),
    };

    private static Html Grid(double y, string label) => Html.Of(
        $"""<line class="grid" x1="{Left}" x2="{Right}" y1="{y}" y2="{y}"/><text class="tick" text-anchor="end" x="{Left - 6}" y="{y + 4}">{label}</text>""");

    // Broken where seconds are missing: a line across would tell of what was not measured.
    private static Html Line(string kind, IReadOnlyList<CurvePoint> points, Func<double, double> x, Func<double, double> y)
    {
        if (points.Count == 0)
            return Html.Empty;
        double step = points.Zip(points.Skip(1), (a, b) => b.At - a.At).DefaultIfEmpty(1).Min() * 2.5;
        var path = new System.Text.StringBuilder();
        for (int i = 0; i < points.Count; i++)
        {
            path.Append(i == 0 || points[i].At - points[i - 1].At > step ? 'M' : 'L')
                .Append(CultureInfo.InvariantCulture, $"{x(points[i].At):0.#} {y(points[i].Value):0.#}");
        }

        return Html.Of($"""<path class="curve {kind}" d="{path.ToString()}"/>""");
    }

    private static string Words(RunCurves curves) => string.Join(' ', curves.Scenarios.Select(s =>
        $"{s.Name}: ok {Range(s.Ok, v => $"{Written.Number(Math.Round(v, 1))}/s")}, p99 {Range(s.P99, v => Written.Duration(TimeSpan.FromMilliseconds(v)))}."));

    private static string Range(IReadOnlyList<CurvePoint> points, Func<double, string> write) =>
        points.Count == 0 ? "not measured" : $"{write(points.Min(p => p.Value))} to {write(points.Max(p => p.Value))}";
}
