using System.Globalization;
using Harness.Reports.Markup;

namespace Harness.Reports.Pacelc;

/// <summary>Modes as points with boxes on a plane: along it what is got, upwards, by powers of ten, what is paid. Drawn without a script.</summary>
internal static class PlaneFigure
{
    private const double Left = 62, Right = 500, Top = 14, Bottom = 262;

    private static readonly int[] Steps = [1, 2, 5, 10];

    /// <summary>Zero has no logarithm; it lies in a band of its own below the lowest power of ten.</summary>
    private const double ZeroBand = 36;

    /// <param name="id">Unique on the page.</param>
    /// <param name="title">The heading.</param>
    /// <param name="caption">What lies where.</param>
    /// <param name="xTitle">What X is, with its unit.</param>
    /// <param name="yTitle">What Y is, with its unit.</param>
    /// <param name="points">In the order of modes.</param>
    public static Html Of(string id, string title, string caption, string xTitle, string yTitle, IReadOnlyList<PlanePoint> points)
    {
        double least = points.Min(point => point.XLower), most = points.Max(point => point.XUpper);
        double margin = Math.Max((most - least) * 0.08, Math.Max(Math.Abs(most), 1) * 0.002);
        (double step, double from, double to) = Ticks(least - margin, most + margin);
        double[] values = [.. points.SelectMany(point => new[] { point.Y, point.YLower, point.YUpper }).Where(value => value > 0)];
        int low = values.Length == 0 ? 0 : (int)Math.Floor(Math.Log10(values.Min())), high = values.Length == 0 ? 1 : (int)Math.Ceiling(Math.Log10(values.Max()));
        high = Math.Max(high, low + 1);
        double X(double value) => Left + (value - from) / (to - from) * (Right - Left);
        double Y(double value) => value <= 0 ? Bottom - ZeroBand / 2
            : Bottom - ZeroBand - (Math.Log10(value) - low) / (high - low) * (Bottom - ZeroBand - Top);

        string inWords = string.Join(" ", points.Select(point =>
            $"{point.Name}: {xTitle} {Number(point.X)} ({Number(point.XLower)} to {Number(point.XUpper)}), {yTitle} {Number(point.Y)} ({Number(point.YLower)} to {Number(point.YUpper)})."));
        return Html.Of($"""
            <figure class="plane" id="{id}">
            <figcaption><h3>{title}</h3><p>{caption}</p></figcaption>
            <svg viewBox="0 0 520 312" role="img" aria-label="{title}. {inWords}">
            {Enumerable.Range(low, high - low + 1).Select(power => Html.Of($"""<line class="grid" x1="{Left}" x2="{Right}" y1="{Y(Math.Pow(10, power))}" y2="{Y(Math.Pow(10, power))}"/><text class="tick" text-anchor="end" x="{Left - 8}" y="{Y(Math.Pow(10, power)) + 4}">{Number(Math.Pow(10, power))}</text>"""))}
            <text class="tick" text-anchor="end" x="{Left - 8}" y="{Y(0) + 4}">0</text>
            <line class="axis" x1="{Left}" x2="{Right}" y1="{Bottom}" y2="{Bottom}"/><line class="grid dotted" x1="{Left}" x2="{Right}" y1="{Bottom - ZeroBand}" y2="{Bottom - ZeroBand}"/>
            {TicksAt(step, from, to).Select(tick => Html.Of($"""<line class="grid" x1="{X(tick)}" x2="{X(tick)}" y1="{Top}" y2="{Bottom}"/><text class="tick" text-anchor="middle" x="{X(tick)}" y="{Bottom + 17}">{Number(tick)}</text>"""))}
            <text class="title" text-anchor="middle" x="{(Left + Right) / 2}" y="{Bottom + 40}">{xTitle}</text>
            <text class="title" text-anchor="middle" transform="rotate(-90 14 {(Top + Bottom) / 2})" x="14" y="{(Top + Bottom) / 2}">{yTitle}</text>
            {points.Select((point, i) => PointOf(point, i, X, Y))}
            </svg>
            </figure>

            """);
    }

    private static Html PointOf(PlanePoint point, int index, Func<double, double> x, Func<double, double> y)
    {
        // A box of no height would not be seen; the lower edge of what may be zero is the axis.
        double top = y(point.YUpper), bottom = point.YLower <= 0 ? Bottom : y(point.YLower), left = x(point.XLower), right = x(point.XUpper);
        double px = x(point.X), py = y(point.Y);
        bool atRight = px > (Left + Right) / 2;
        return Html.Of($"""
            <g class="c{(index % 8) + 1}"><rect class="box" x="{left}" y="{top}" width="{Math.Max(2, right - left)}" height="{Math.Max(2, bottom - top)}"/>
            {Shape(index, px, py)}<text class="name" text-anchor="{(atRight ? "end" : "start")}" x="{px + (atRight ? -11 : 11)}" y="{py - 9}">{point.Name}</text></g>
            """);
    }

    private static Html Shape(int index, double x, double y) => (index % 3) switch
    {
        0 => Html.Of($"""<circle cx="{x}" cy="{y}" r="5"/>"""),
        1 => Html.Of($"""<rect x="{x - 5}" y="{y - 5}" width="10" height="10"/>"""),
        _ => Html.Of($"""<path d="M{x} {y - 6} L{x + 6} {y + 5} L{x - 6} {y + 5} Z"/>"""),
    };

    private static (double Step, double From, double To) Ticks(double least, double most)
    {
        double rough = (most - least) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * Steps.First(factor => factor * power >= rough * 0.999);
        return (step, least, most);
    }

    private static IEnumerable<double> TicksAt(double step, double from, double to)
    {
        for (double tick = Math.Ceiling(from / step) * step; tick <= to; tick += step)
            yield return Math.Round(tick, 6);
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0.#" : "0.####", CultureInfo.InvariantCulture);
}
