using System.Buffers;

namespace Harness.Toxiproxy.Links;

/// <summary>Bytes on their way through a link, in a pooled array. Whoever holds a chunk passes it on or returns it, once.</summary>
internal struct Chunk
{
    private byte[] _array;
    private int _offset;

    /// <summary>The most that one read makes a chunk of.</summary>
    public const int SizeMax = 32 * 1024;

    public int Length { get; private set; }

    /// <summary>When it was read, on the loop's clock; a toxic that delays it moves this on, so that delays add up.</summary>
    public TimeSpan ReadAt { get; set; }

    public readonly ReadOnlySpan<byte> Bytes => _array.AsSpan(_offset, Length);

    public readonly Span<byte> Writable => _array.AsSpan(_offset, Length);

    /// <summary>Copies <paramref name="bytes"/> into an array of about their size, so that many small chunks stay small.</summary>
    public static Chunk Copy(ReadOnlySpan<byte> bytes, TimeSpan readAt)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(array);
        return new Chunk { _array = array, Length = bytes.Length, ReadAt = readAt };
    }

    /// <summary>Cuts the first <paramref name="count"/> bytes off into a chunk of their own.</summary>
    public Chunk TakeFirst(int count)
    {
        Chunk first = Copy(Bytes[..count], ReadAt);
        Skip(count);
        return first;
    }

    /// <summary>Forgets the first <paramref name="count"/> bytes.</summary>
    public void Skip(int count)
    {
        _offset += count;
        Length -= count;
    }

    /// <summary>Forgets all but the first <paramref name="count"/> bytes.</summary>
    public void CutTo(int count) => Length = count;

    public void Return()
    {
        byte[] array = _array;
        this = default;
        if (array is { Length: > 0 })
            ArrayPool<byte>.Shared.Return(array);
    }
}
