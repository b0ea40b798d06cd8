using System.Text.Json.Serialization;

namespace Harness.Reports.Charts;

/// <summary>What a chart's numbers count; decides how its axis and its readings are written.</summary>
internal enum ChartUnit
{
    Count,
    PerSecond,
    Ratio,
    Milliseconds,
    Bytes,
}

/// <summary>What lies along a chart.</summary>
internal enum ChartAxis
{
    /// <summary>Seconds since the run's start: the axis that all these charts share.</summary>
    Time,

    /// <summary>1 / (1 − q) of a quantile q: each power of ten is one more nine.</summary>
    Quantile,
}

/// <summary>How a line is drawn, so that lines are told apart without colours.</summary>
internal enum LineStyle
{
    Solid,
    Dashed,
    Dotted,
}

/// <summary>Lines over one axis.</summary>
internal sealed record Chart
{
    /// <summary>Unique on the page; letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What the numbers mean, from where to where they were measured.</summary>
    public required string Caption { get; init; }

    public ChartAxis Axis { get; init; }

    public required ChartUnit Unit { get; init; }

    /// <summary>Logarithmic; values must then be positive.</summary>
    public bool Log { get; init; }

    /// <summary>Lines are areas on top of each other.</summary>
    public bool Stacked { get; init; }

    /// <summary>Places on the axis, rising, that every line has a value for.</summary>
    public required IReadOnlyList<double> At { get; init; }

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>Nothing was measured at all: not worth a place on the page.</summary>
    [JsonIgnore]
    public bool IsEmpty => Lines.All(line => line.Values.All(value => value is null));

    /// <summary>How many values lay where, behind the lines; null for none.</summary>
    public ChartHeat? Heat { get; init; }
}

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Color">Which of the palette's colours, counted from 1.</param>
/// <param name="Style">Drawn so.</param>
/// <param name="Values">As many as the chart's places; null where nothing was measured.</param>
internal sealed record ChartLine(string Name, int Color, LineStyle Style, IReadOnlyList<double?> Values);
