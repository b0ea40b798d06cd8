namespace Harness.Toxiproxy.Planes;

/// <summary>A way from one peer to another on which this process never sees the bytes. Only for links without toxics.</summary>
internal interface IDirectLane
{
    /// <summary>Moves what can be moved now: how much was taken from the source, how much the destination took.</summary>
    /// <returns><see cref="IoStatus.Done"/> when it may be tried again at once; <see cref="IoStatus.Ended"/> when the source
    /// ended and everything arrived; <see cref="IoStatus.Failed"/> when the destination is broken.</returns>
    IoStatus Move(out long read, out long written);

    /// <summary>True when nothing is under way in it.</summary>
    bool IsEmpty { get; }

    /// <summary>Takes out what is under way; zero when nothing is left.</summary>
    int TakeBack(Span<byte> into);

    /// <summary>Gives back what it used.</summary>
    void Close();
}
