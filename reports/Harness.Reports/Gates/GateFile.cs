namespace Harness.Reports.Gates;

/// <summary>What makes CI red, as its author wrote it.</summary>
public sealed record GateFile
{
    public required string Name { get; init; }

    /// <summary>The file it was read from, as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>Where stored values are; null when no rule compares with them.</summary>
    public string? Baseline { get; init; }

    /// <summary>Family-wise, over all relative rules and looks.</summary>
    /// <value>In (0, 0.5); default 0.01.</value>
    public double Alpha { get; init; } = 0.01;

    public IReadOnlyList<ExactRule> Exact { get; init; } = [];

    public IReadOnlyList<AbsoluteRule> Absolute { get; init; } = [];

    public IReadOnlyList<RelativeRule> Relative { get; init; } = [];

    public PairedDesign Design { get; init; } = new();

    /// <summary>What the candidate is compared with.</summary>
    public Arm Control { get; init; } = new();

    public Arm Candidate { get; init; } = new();
}

/// <summary>What every rule has.</summary>
public abstract record GateRule
{
    /// <summary>As in the file.</summary>
    public required string Metric { get; init; }

    /// <summary>The rule in one line, as it would be written.</summary>
    public required string Text { get; init; }

    /// <summary>Counted from 1.</summary>
    public long Line { get; init; }
}

/// <summary>A count that has no noise.</summary>
public sealed record ExactRule : GateRule
{
    public Limit? Max { get; init; }

    public Limit? Min { get; init; }

    public Limit? Equal { get; init; }

    /// <summary>The scenario by whose ok iterations the count is divided; null for the count itself.</summary>
    public string? Per { get; init; }

    /// <summary>How far off a value may be, as a share of the limit.</summary>
    /// <value>In [0, 1]; default 0.</value>
    public double WithinRatio { get; init; }
}

/// <summary>A limit: a number, or what the baseline holds.</summary>
/// <param name="Value">Null for the baseline's.</param>
public sealed record Limit(double? Value);

/// <summary>A limit on a share or a quantile that must hold beyond doubt.</summary>
public sealed record AbsoluteRule : GateRule
{
    public required string Scenario { get; init; }

    public string? Step { get; init; }

    public required Records.Phase Phase { get; init; }

    /// <summary>The quantile of a latency; null for availability.</summary>
    public decimal? Quantile { get; init; }

    /// <summary>A ratio for availability, microseconds for a latency.</summary>
    public required Limit Limit { get; init; }

    /// <summary>How far the baseline may be missed, as a share of it.</summary>
    public double WithinRatio { get; init; }

    /// <value>Of each bound; in (0.5, 1); default 0.99.</value>
    public double Confidence { get; init; } = 0.99;
}

/// <summary>A limit on how much worse the candidate may be than the control beside it.</summary>
public sealed record RelativeRule : GateRule
{
    /// <summary>Whether more of it is better.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>Red when the candidate is surely worse by more.</summary>
    /// <value>Default 0.025.</value>
    public double FailAboveRatio { get; init; } = 0.025;

    /// <summary>Green when the candidate is surely worse by less.</summary>
    /// <value>Above <see cref="FailAboveRatio"/>; default 0.1.</value>
    public double PassBelowRatio { get; init; } = 0.1;
}

/// <summary>How control and candidate are measured beside each other.</summary>
public sealed record PairedDesign
{
    /// <summary>Rounds before the first look, and between looks.</summary>
    public int Rounds { get; init; } = 30;

    /// <summary>A multiple of <see cref="Rounds"/>.</summary>
    public int MaxRounds { get; init; } = 60;

    /// <summary>How long one arm is loaded at a time.</summary>
    public TimeSpan Block { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(5);

    public string Scenario { get; init; } = "browse";

    public double RatePerSecond { get; init; } = 100;

    /// <summary>Null for one drawn and printed.</summary>
    public int? Seed { get; init; }

    /// <summary>Times a red is measured again with another seed; all must be red.</summary>
    public int Confirm { get; init; } = 1;

    /// <summary>The spread of control against itself above which the machine is too noisy: quartile to quartile of the log ratio.</summary>
    public double AaIqrAboveRatio { get; init; } = 0.5;

    /// <summary>The share of late sends above which nothing is proven.</summary>
    public double LateSendsAboveRatio { get; init; } = 0.01;

    /// <summary>Looks at the data at most.</summary>
    public int Looks => MaxRounds / Rounds;
}

/// <summary>One side of the comparison.</summary>
public sealed record Arm
{
    /// <summary>The built order system, a <c>.dll</c>; null for the one built beside this command.</summary>
    public string? Target { get; init; }

    /// <summary>The commit whose order system is built for it, by its whole name; null for one that is built.</summary>
    public string? Build { get; init; }

    /// <summary>The order system's switches.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();
}
