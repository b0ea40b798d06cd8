using System.Buffers.Binary;

namespace Harness.Load.Arrivals;

/// <summary>A <see cref="Random"/> over <see cref="SplitMix64"/> that can be seeded anew, so that a virtual user keeps one for ever.</summary>
public sealed class SeededRandom(ulong seed) : Random(0)
{
    private SplitMix64 _sequence = new(seed);

    public void Reseed(ulong newSeed) => _sequence = new SplitMix64(newSeed);

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return _sequence.NextInt(maxValue);
    }

    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    public override long NextInt64() => NextInt64(long.MaxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        ulong above = Math.BigMul(_sequence.Next(), (ulong)(maxValue - minValue), out _);
        return minValue + (long)above;
    }

    public override double NextDouble() => _sequence.NextDouble();

    public override float NextSingle() => (_sequence.Next() >> 40) * (1f / (1 << 24));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (; buffer.Length > 0; buffer = buffer[Math.Min(word.Length, buffer.Length)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, _sequence.Next());
            word[..Math.Min(word.Length, buffer.Length)].CopyTo(buffer);
        }
    }

    protected override double Sample() => NextDouble();
}
