namespace Harness.Toxiproxy.Links;

/// <summary>A station of a link: takes chunks in order, passes them on in order, whenever it is pumped and is able to.</summary>
/// <remarks>A stage never waits. It notes until when it wants to hold what it has, asks the loop to be woken, and returns.</remarks>
internal abstract class Stage
{
    public required Link Link { get; init; }

    /// <summary>Where its chunks go; null only at the end of the link.</summary>
    public Stage? Next { get; set; }

    /// <summary>What came in and was not yet dealt with.</summary>
    public ChunkQueue Input { get; } = new();

    /// <summary>True when nothing follows what is in <see cref="Input"/>.</summary>
    public bool InputEnded { get; private set; }

    /// <summary>Chunks it takes before the one before it has to hold back.</summary>
    public virtual int Capacity => 1;

    public bool HasRoom => Input.Count < Capacity;

    /// <summary>Takes a chunk; the caller has asked <see cref="HasRoom"/>, unless it may not hold the chunk any longer.</summary>
    public void Push(in Chunk chunk)
    {
        Input.Enqueue(chunk);
        Link.Moved = true;
    }

    /// <summary>Takes the end of the stream, which comes after every chunk pushed.</summary>
    public void End()
    {
        if (InputEnded)
            return;
        InputEnded = true;
        Link.Moved = true;
    }

    /// <summary>Does whatever can be done now.</summary>
    public abstract void Pump();

    /// <summary>Takes the next chunk out of <see cref="Input"/>.</summary>
    protected Chunk Take()
    {
        Link.Moved = true;
        return Input.Dequeue();
    }

    /// <summary>Returns everything held; the link is over.</summary>
    public virtual void Discard() => Input.Clear();
}
