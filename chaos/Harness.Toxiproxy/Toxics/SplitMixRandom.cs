namespace Harness.Toxiproxy.Toxics;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): sixteen bytes of state, and the same sequence under every version of .NET.</summary>
internal sealed class SplitMixRandom(ulong seed) : Random
{
    private ulong _state = seed;

    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public override int Next(int maxValue) => (int)NextInt64(maxValue);

    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    /// <summary>Uniform but for a bias of at most (max − min) / 2^64.</summary>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        ulong range = (ulong)maxValue - (ulong)minValue;
        return (long)((ulong)minValue + (ulong)(((UInt128)NextBits() * range) >> 64));
    }

    protected override double Sample() => NextDouble();

    private ulong NextBits()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
