namespace Harness.Toxiproxy.Links;

/// <summary>Chunks in order. Holds no memory while it is empty, because most links are idle most of the time.</summary>
internal sealed class ChunkQueue
{
    private const int SizeMin = 4;

    private Chunk[] _ring = [];
    private int _head;

    public int Count { get; private set; }

    /// <summary>The chunk that leaves next, to be changed in place.</summary>
    public ref Chunk Head => ref _ring[_head];

    public void Enqueue(in Chunk chunk)
    {
        if (Count == _ring.Length)
            Grow();
        _ring[(_head + Count) & (_ring.Length - 1)] = chunk;
        Count++;
    }

    public Chunk Dequeue()
    {
        Chunk chunk = _ring[_head];
        _ring[_head] = default;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        if (Count == 0 && _ring.Length > SizeMin)
            (_ring, _head) = ([], 0);
        return chunk;
    }

    /// <summary>Returns everything to the pool.</summary>
    public void Clear()
    {
        while (Count > 0)
            Dequeue().Return();
    }

    private void Grow()
    {
        var larger = new Chunk[Math.Max(SizeMin, _ring.Length * 2)];
        for (int i = 0; i < Count; i++)
            larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (larger, 0);
    }
}
