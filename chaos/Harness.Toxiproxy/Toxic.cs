using System.Text.Json;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>The direction a toxic acts on.</summary>
public enum ToxicStream
{
    /// <summary>From the server to the client.</summary>
    Downstream,

    /// <summary>From the client to the server.</summary>
    Upstream,

    /// <summary>Both ways; only this project's server knows it.</summary>
    Both,
}

/// <summary>Something done to the traffic of a proxy. One record for each kind.</summary>
public abstract record Toxic
{
    /// <summary>Unique in its proxy, over both streams. Null when adding: the server makes it <c>latency_downstream</c>.</summary>
    public string? Name { get; init; }

    public ToxicStream Stream { get; init; }

    /// <summary>The share of connections that are hit: a ratio in [0, 1], one draw for each connection.</summary>
    public double ToxicityRatio { get; init; } = 1;

    /// <summary>After this long without renewal the server removes the toxic by itself. Null: it stays. A plain Toxiproxy ignores it.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>The clients that are hit: addresses and networks, <c>10.0.0.0/8,127.0.0.1</c>. Null: all. A plain Toxiproxy ignores it.</summary>
    public string? Clients { get; init; }

    internal abstract ToxicType? WireType { get; }

    internal virtual string WireName => WireType!.Name;

    internal abstract IEnumerable<(string Name, object Value)> WireAttributes();

    private protected static long Milliseconds(TimeSpan wait) => (long)Math.Round(wait.TotalMilliseconds);
}

/// <summary>A toxic of a kind that this client does not know.</summary>
public sealed record UnknownToxic : Toxic
{
    /// <summary>Its <c>type</c> on the wire.</summary>
    public required string Type { get; init; }

    /// <summary>As they came.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = new Dictionary<string, JsonElement>();

    internal override ToxicType? WireType => null;

    internal override string WireName => Type;

    internal override IEnumerable<(string Name, object Value)> WireAttributes() => Attributes.Select(a => (a.Key, (object)a.Value));
}
