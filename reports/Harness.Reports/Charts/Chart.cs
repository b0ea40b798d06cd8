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

/// <summary>How a line is drawn, so that lines are told apart without colours.</summary>
internal enum LineStyle
{
    Solid,
    Dashed,
    Dotted,
}

/// <summary>Lines over the run's one time axis.</summary>
internal sealed record Chart
{
    /// <summary>Unique on the page; letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What the numbers mean, from where to where they were measured.</summary>
    public required string Caption { get; init; }

    public required ChartUnit Unit { get; init; }

    /// <summary>Logarithmic; values must then be positive.</summary>
    public bool Log { get; init; }

    /// <summary>Lines are areas on top of each other.</summary>
    public bool Stacked { get; init; }

    /// <summary>Seconds since the run's start, rising: the moments that every line has a value for.</summary>
    public required IReadOnlyList<double> At { get; init; }

    public required IReadOnlyList<ChartLine> Lines { get; init; }
}

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Color">Which of the palette's colours, counted from 1.</param>
/// <param name="Style">Drawn so.</param>
/// <param name="Values">As many as the chart's moments; null where nothing was measured.</param>
internal sealed record ChartLine(string Name, int Color, LineStyle Style, IReadOnlyList<double?> Values);
