using Harness.Checks.Pacelc;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Pacelc;

/// <summary>The visibility curves of all modes, one part of the runs a figure. Drawn without a script.</summary>
internal static class VisibilityFigure
{
    private const double Left = 62, Right = 500, Top = 14, Bottom = 222;
    private static readonly double LogLeast = Math.Log10(0.5), LogMost = Math.Log10(VisibilityCurve.Horizon.TotalMilliseconds);
    private static readonly TimeSpan[] Marks = [.. new[] { 1, 10, 100, 1000, 10_000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];
    private static readonly string[] Dashes = ["", "7 4", "2 4"];

    public static Html Of(string id, string title, IReadOnlyList<(string Mode, VisibilityCurve Curve)> curves)
    {
        double least = curves.SelectMany(one => one.Curve.Points).Select(point => point.Seen.Ratio).DefaultIfEmpty(1).Min();
        // Never more than it takes to see a difference, and never so close that one read in a thousand looks like a fall.
        double floor = least >= 0.99 ? 0.98 : least >= 0.9 ? 0.85 : Math.Floor(least * 10) / 10;
        double X(TimeSpan at) => Left + (Math.Log10(at.TotalMilliseconds) - LogLeast) / (LogMost - LogLeast) * (Right - Left);
        double Y(double share) => Bottom - (share - floor) / (1 - floor) * (Bottom - Top);
        double[] shares = [floor, floor + (1 - floor) / 2, 1];
        string inWords = string.Join(" ", curves.Select(one => one.Curve.Points.Count == 0 ? $"{one.Mode}: nothing measured."
            : $"{one.Mode}: lowest {Written.PerCent(one.Curve.Points.Min(point => point.Seen.Ratio))}, last {Written.PerCent(one.Curve.Points[^1].Seen.Ratio)}."));
        return Html.Of($"""
            <figure class="plane" id="{id}">
            <figcaption><h3>{title}</h3><p>Share of reads that see a write, or a newer one, by the time since the write was acknowledged.</p></figcaption>
            <svg viewBox="0 0 520 272" role="img" aria-label="{title}. {inWords}">
            {shares.Select(share => Html.Of($"""<line class="grid" x1="{Left}" x2="{Right}" y1="{Y(share)}" y2="{Y(share)}"/><text class="tick" text-anchor="end" x="{Left - 8}" y="{Y(share) + 4}">{Written.PerCent(share)}</text>"""))}
            {Marks.Select(at => Html.Of($"""<line class="grid" x1="{X(at)}" x2="{X(at)}" y1="{Top}" y2="{Bottom}"/><text class="tick" text-anchor="middle" x="{X(at)}" y="{Bottom + 17}">{(at.TotalSeconds >= 1 ? $"{at.TotalSeconds:0} s" : $"{at.TotalMilliseconds:0} ms")}</text>"""))}
            <text class="title" text-anchor="middle" x="{(Left + Right) / 2}" y="{Bottom + 40}">time since the acknowledgement</text>
            {curves.Select((one, i) => Line(one.Curve, i, X, Y))}
            </svg>
            <ul class="key">{curves.Select((one, i) => Html.Of($"""<li class="c{(i % 8) + 1}"><svg viewBox="0 0 28 8" aria-hidden="true"><path class="curve" stroke-dasharray="{Dashes[i % 3]}" d="M0 4 H28"/></svg><span>{one.Mode}</span></li>"""))}</ul>
            </figure>

            """);
    }

    private static Html Line(VisibilityCurve curve, int index, Func<TimeSpan, double> x, Func<double, double> y)
    {
        Html path = Html.Join(curve.Points.Select((point, i) => Html.Of($"{(i == 0 ? "M" : "L")}{x(point.Until)} {y(point.Seen.Ratio)} ")));
        Html dots = Html.Join(curve.Points.Select(point => Html.Of($"""<circle cx="{x(point.Until)}" cy="{y(point.Seen.Ratio)}" r="2.5"/>""")));
        return Html.Of($"""<g class="c{(index % 8) + 1}"><path class="curve" stroke-dasharray="{Dashes[index % 3]}" d="{path}"/>{dots}</g>""");
    }
}
