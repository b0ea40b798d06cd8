namespace Harness.Toxiproxy.Planes;

/// <summary>What became of a read or a write that may not wait.</summary>
internal enum IoStatus
{
    /// <summary>Nothing could be done now; the peer says when to try again.</summary>
    WouldBlock,

    /// <summary>At least one byte was read or taken.</summary>
    Done,

    /// <summary>The other side ended its stream.</summary>
    Ended,

    /// <summary>The connection is broken.</summary>
    Failed,
}
