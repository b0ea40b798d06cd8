using System.Text;

namespace Harness.Load.Arrivals;

/// <summary>A pseudo-random sequence that is the same under every .NET version, unlike a seeded <see cref="Random"/>.</summary>
/// <remarks>The SplitMix64 generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014): a
/// counter with a fixed odd step, scrambled by a 64-bit finalizer.</remarks>
public struct SplitMix64(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x100000001B3;

    private ulong _state = seed;

    public ulong Next() => Scramble(_state += Step);

    /// <summary>Evenly spread over [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Exponentially spread with mean 1: the gap between the arrivals of a Poisson process of rate 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    /// <summary>Evenly spread over [0, <paramref name="bound"/>).</summary>
    public int NextInt(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A seed for one of many things (an arrival, a virtual user) under a common seed.</summary>
    public static ulong SeedFor(ulong seed, ulong which) => Scramble(seed ^ Scramble(which + Step));

    /// <summary>A seed for a named thing; the name's bytes by FNV-1a, since string hash codes change with every process.</summary>
    public static ulong SeedFor(ulong seed, string name)
    {
        ulong hash = FnvOffset;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ b) * FnvPrime;
        return SeedFor(seed, hash);
    }

    private static ulong Scramble(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
