namespace Harness.Toxiproxy.Toxics;

/// <summary>Where the slicer cuts: a length of at most average + variation stays whole, a longer one is cut near its middle, and so are its halves.</summary>
/// <param name="average">Size of a piece in bytes; zero or less cuts nothing.</param>
/// <param name="variation">How far from the middle a cut may be.</param>
internal readonly struct SlicePlan(long average, long variation)
{
    private readonly long _variation = Math.Clamp(variation, 0, int.MaxValue);

    /// <summary>Pushes the sizes of the pieces, the first piece on top. They are all positive and add up to <paramref name="length"/>.</summary>
    public void Cut(int length, Random random, Stack<int> pieces)
    {
        var uncut = new Stack<int>();
        uncut.Push(length);
        // Taken from the back, because the first piece is to be pushed last.
        while (uncut.TryPop(out int size))
        {
            if (average <= 0 || size - average <= _variation || size < 2)
            {
                pieces.Push(size);
                continue;
            }
            int first = FirstPart(size, random);
            uncut.Push(first);
            uncut.Push(size - first);
        }
    }

    // However large the variation, a cut stays inside of what it cuts.
    private int FirstPart(int size, Random random)
    {
        long shift = _variation == 0 ? 0 : random.NextInt64(-_variation, _variation);
        return (int)Math.Clamp((size / 2) + shift, 1, size - 1);
    }
}
