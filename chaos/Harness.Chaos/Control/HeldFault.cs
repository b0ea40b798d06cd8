using System.Text.Json.Serialization;

namespace Harness.Chaos.Control;

/// <summary>Where a fault is on its way.</summary>
public enum FaultStage
{
    /// <summary>On its way in.</summary>
    Injecting,

    /// <summary>In place.</summary>
    InPlace,

    /// <summary>On its way out.</summary>
    Healing,

    /// <summary>Gone.</summary>
    Healed,

    /// <summary>It could not be put in place, and nothing of it is left.</summary>
    NotInjected,

    /// <summary>It could not be taken away; <see cref="HeldFault.Problem"/> says what is still wrong.</summary>
    NotHealed,
}

/// <summary>A fault that was injected by hand.</summary>
public sealed record HeldFault
{
    /// <summary>By which it is healed; unique while the system is up.</summary>
    public required string Id { get; init; }

    /// <summary>The word for it, <c>latency</c>.</summary>
    public required string Fault { get; init; }

    /// <summary>The whole of it as a sentence.</summary>
    public required string Described { get; init; }

    public required FaultStage Stage { get; init; }

    /// <summary>The links it is put on.</summary>
    public IReadOnlyList<string> Edges { get; init; } = [];

    /// <summary>The services and stores it is put on.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>When it was asked for, in seconds since the start of the system.</summary>
    public required double AskedAt { get; init; }

    /// <summary>Until it heals by itself, in seconds; 0 when it is over.</summary>
    public double SecondsLeft { get; init; }

    /// <summary>What it was seen to do, each number with its unit in its name; null before it is healed, and when nobody could tell.</summary>
    public IReadOnlyDictionary<string, double>? Evidence { get; init; }

    /// <summary>What went wrong with it; null when nothing did.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether something of it is, or may be, in place.</summary>
    [JsonIgnore]
    public bool IsLive => Stage is FaultStage.Injecting or FaultStage.InPlace or FaultStage.Healing or FaultStage.NotHealed;
}
