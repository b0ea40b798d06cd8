namespace Harness.Reports.Charts;

/// <summary>Puts values that come in any order onto one rising row of moments, a line a name.</summary>
internal sealed class ChartLines
{
    /// <summary>As many as the page has distinct colours for.</summary>
    public const int Palette = 8;

    private readonly SortedSet<double> _at = [];
    private readonly List<(string Name, int Color, LineStyle Style, Dictionary<double, double> Values)> _lines = [];
    private readonly Dictionary<string, int> _byName = [];

    /// <summary>Adds to the line of that name; a second value for one moment is added to the first.</summary>
    /// <param name="at">Rounded to a hundredth of a second: a chart shows no more.</param>
    /// <param name="name">The line; begun when it is new.</param>
    /// <param name="value">Null adds the moment and leaves a gap.</param>
    /// <param name="color">From 1; null for the next one that is free.</param>
    /// <param name="style">How the line is drawn.</param>
    public void Add(TimeSpan at, string name, double? value, int? color = null, LineStyle style = LineStyle.Solid)
    {
        double second = Math.Round(at.TotalSeconds, 2);
        _at.Add(second);
        Dictionary<double, double> values = ValuesOf(name, color, style);
        if (value is { } known && double.IsFinite(known))
            values[second] = values.GetValueOrDefault(second) + known;
    }

    public IReadOnlyList<double> At => [.. _at];

    /// <summary>The lines in the order they were begun.</summary>
    public IReadOnlyList<ChartLine> ToLines() =>
    [
        .. _lines.Select(line => new ChartLine(line.Name, line.Color, line.Style,
            [.. _at.Select(at => line.Values.TryGetValue(at, out double value) ? FourDigits(value) : (double?)null)])),
    ];

    private Dictionary<double, double> ValuesOf(string name, int? color, LineStyle style)
    {
        if (!_byName.TryGetValue(name, out int index))
        {
            _byName.Add(name, index = _lines.Count);
            _lines.Add((name, (((color ?? index + 1) - 1) % Palette) + 1, style, []));
        }

        return _lines[index].Values;
    }

    // No pixel tells a fifth digit, and an hour of a busy run has a million of them.
    private static double FourDigits(double value)
    {
        if (value == 0)
            return 0;
        int decimals = 3 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return decimals is >= 0 and <= 15 ? Math.Round(value, decimals) : Math.Round(value);
    }
}
