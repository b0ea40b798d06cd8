namespace Harness.Toxiproxy.Planes;

/// <summary>One end of a proxied connection: a TCP socket that never waits. Belongs to one loop and is only touched there.</summary>
internal abstract class Peer
{
    /// <summary>Called on the loop when a read or a write that would have blocked is worth trying again, or when the peer hung up.</summary>
    public Action? Ready { get; set; }

    /// <summary>True once the connection was reset or broke: nothing that is written will arrive.</summary>
    public bool HungUp { get; protected set; }

    /// <summary>Reads what is there, at most as much as fits.</summary>
    public abstract IoStatus TryRead(Span<byte> into, out int count);

    /// <summary>Writes as much of <paramref name="bytes"/> as is taken without waiting.</summary>
    public abstract IoStatus TryWrite(ReadOnlySpan<byte> bytes, out int count);

    /// <summary>A way to <paramref name="destination"/> that needs no copying; null when there is none.</summary>
    public virtual IDirectLane? OpenLane(Peer destination) => null;

    /// <summary>Ends our stream (FIN) and still reads.</summary>
    public abstract void ShutdownWrite();

    /// <summary>Closes both ways with a FIN, behind everything that was taken, even when bytes came that nobody read. Again is no harm.</summary>
    public abstract void Close();

    /// <summary>Closes as the system does: with a FIN, or with a RST when bytes came that nobody read.</summary>
    public abstract void Drop();

    /// <summary>Closes with a RST and discards what is on its way.</summary>
    public abstract void Reset();
}
