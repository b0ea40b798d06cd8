namespace Harness.Toxiproxy.Toxics;

/// <summary>A toxic as it stands now; a change makes a new one that shares the evidence and has a higher revision.</summary>
internal sealed record ToxicDefinition
{
    public required ToxicType Type { get; init; }

    public required string Name { get; init; }

    /// <summary>The stream's name as the client wrote it: it is echoed so.</summary>
    public required string StreamText { get; init; }

    public required ToxicStream Stream { get; init; }

    /// <summary>A 32-bit float, because that is how many digits a client gets back.</summary>
    public required float Toxicity { get; init; }

    public required AttributeValues Attributes { get; init; }

    public int Revision { get; init; }

    /// <summary>What it did so far, over all its revisions; also what makes it this toxic and not another of the same name.</summary>
    public required EvidenceCounter Evidence { get; init; }

    /// <summary>How long it stays without renewal; null when it stays until it is removed.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>When it goes by itself, on the monotonic clock of the server; null when it stays until it is removed.</summary>
    public TimeSpan? LeaseEnds { get; init; }

    /// <summary>What connections share that meet it, where it is about all of them together.</summary>
    public SharedTurn Turn { get; init; } = new();

    /// <summary>The clients that it is for; empty for all.</summary>
    public ClientFilter Clients { get; init; } = ClientFilter.All;

    public bool IsSameToxic(ToxicDefinition other) => ReferenceEquals(Evidence, other.Evidence);

    public bool ActsOn(ToxicStream stream) => Stream == stream || Stream == ToxicStream.Both;
}
