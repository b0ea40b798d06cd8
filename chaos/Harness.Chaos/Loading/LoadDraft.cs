namespace Harness.Chaos.Loading;

/// <summary>A load as far as somebody has said it: on the command line, in a file, or both. What was not said is null.</summary>
public sealed record LoadDraft
{
    /// <summary>What the record is called; null for the names of the scenarios.</summary>
    public string? Name { get; init; }

    public double? RatePerSecond { get; init; }

    public int? Users { get; init; }

    public TimeSpan? For { get; init; }

    /// <summary>One of <see cref="LoadShapes.Names"/>.</summary>
    public string? Shape { get; init; }

    /// <summary>The other rate of a shape that has two.</summary>
    public double? ToPerSecond { get; init; }

    /// <summary>A file of moments to be replayed.</summary>
    public string? Replay { get; init; }

    public TimeSpan? WarmUp { get; init; }

    public TimeSpan? Think { get; init; }

    /// <summary>Which scenarios, and in what proportion.</summary>
    public IReadOnlyList<MixPart>? Mix { get; init; }

    /// <summary>A single address to be asked.</summary>
    public string? Url { get; init; }

    public string? Method { get; init; }

    /// <summary>Each as <c>Name: value</c>.</summary>
    public IReadOnlyList<string>? Headers { get; init; }

    /// <summary>The text itself, or a file behind <c>@</c>.</summary>
    public string? Body { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>A class library with scenarios.</summary>
    public string? Library { get; init; }

    public string? Orders { get; init; }

    public string? Payments { get; init; }

    public string? Inventory { get; init; }

    public int? Seed { get; init; }

    public int? MaxOpen { get; init; }

    public IReadOnlyList<DraftThreshold>? Thresholds { get; init; }

    /// <summary>What scenarios of a library read as <c>CustomSettings</c>.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Whether targets that are not on this machine may be loaded.</summary>
    public bool? AllowRemote { get; init; }

    /// <summary>The same, with what it does not say taken from another.</summary>
    public LoadDraft Over(LoadDraft other) => new()
    {
        Name = Name ?? other.Name,
        // One kind of load takes the place of any other kind.
        RatePerSecond = RatePerSecond ?? (SaysLoad ? null : other.RatePerSecond),
        Users = Users ?? (SaysLoad ? null : other.Users),
        Replay = Replay ?? (SaysLoad ? null : other.Replay),
        For = For ?? other.For,
        Shape = Shape ?? other.Shape,
        ToPerSecond = ToPerSecond ?? other.ToPerSecond,
        WarmUp = WarmUp ?? other.WarmUp,
        Think = Think ?? other.Think,
        Mix = Mix ?? other.Mix,
        Url = Url ?? other.Url,
        Method = Method ?? other.Method,
        Headers = Headers ?? other.Headers,
        Body = Body ?? other.Body,
        Timeout = Timeout ?? other.Timeout,
        Library = Library ?? other.Library,
        Orders = Orders ?? other.Orders,
        Payments = Payments ?? other.Payments,
        Inventory = Inventory ?? other.Inventory,
        Seed = Seed ?? other.Seed,
        MaxOpen = MaxOpen ?? other.MaxOpen,
        Thresholds = Thresholds ?? other.Thresholds,
        Settings = Settings ?? other.Settings,
        AllowRemote = AllowRemote ?? other.AllowRemote,
    };

    private bool SaysLoad => RatePerSecond is not null || Users is not null || Replay is not null;
}

/// <summary>A scenario and how often it is chosen, beside the weights of the others.</summary>
public sealed record MixPart(string Scenario, int Weight);

/// <summary>A threshold as written.</summary>
/// <param name="Check"><c>p99 &lt; 80ms</c>.</param>
/// <param name="Scenario">Null for every scenario.</param>
/// <param name="Step">Null for the whole iteration.</param>
/// <param name="AbortAfter">Looks, one a second, in which it may not hold before the run ends; null for any number.</param>
/// <param name="StartAfter">No look before.</param>
public sealed record DraftThreshold(string Check, string? Scenario = null, string? Step = null, int? AbortAfter = null, TimeSpan StartAfter = default);
