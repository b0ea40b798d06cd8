using Harness.Load.Arrivals;

namespace Harness.Load;

/// <summary>Which of the arrivals and virtual users of a mix belong to one of its scenarios. Pure: the same for the same seed and weights.</summary>
/// <param name="Seed">The mix's; the same for all its scenarios.</param>
/// <param name="Weights">Of every scenario, in order; each 1 or more.</param>
/// <param name="Member">Whose share this is: an index into <paramref name="Weights"/>.</param>
internal sealed record MixShare(ulong Seed, IReadOnlyList<int> Weights, int Member)
{
    private readonly List<int> _copiesBelow = [0];
    private readonly long[] _given = new long[Weights.Count];
    private readonly Lock _gate = new();

    /// <summary>Drawn in proportion to the weights, so that a mix of a Poisson process is made of Poisson processes.</summary>
    public bool HasArrival(long number)
    {
        var random = new SplitMix64(SplitMix64.SeedFor(Seed, (ulong)number));
        long drawn = (long)(random.NextDouble() * Weights.Sum(weight => (long)weight));
        for (int member = 0; member < Weights.Count; member++)
        {
            drawn -= Weights[member];
            if (drawn < 0)
                return member == Member;
        }

        return Member == Weights.Count - 1;
    }

    /// <summary>Virtual users are few, so they are not drawn but dealt out, as evenly as the weights allow at every number of them.</summary>
    /// <remarks>The divisor method of Sainte-Laguë: the next goes to whom weight / (2 · given + 1) is largest.</remarks>
    public bool HasCopy(int copy) => CopiesOf(copy + 1) > CopiesOf(copy);

    /// <summary>How many of the first <paramref name="copies"/> belong to this scenario.</summary>
    public int CopiesOf(int copies)
    {
        lock (_gate)
        {
            while (_copiesBelow.Count <= copies)
                Deal();
            return _copiesBelow[copies];
        }
    }

    private void Deal()
    {
        int next = 0;
        for (int member = 1; member < Weights.Count; member++)
        {
            // As a product of longs: no two doubles that should be the same differ.
            if (Weights[member] * (2 * _given[next] + 1) > Weights[next] * (2 * _given[member] + 1))
                next = member;
        }

        _given[next]++;
        _copiesBelow.Add(_copiesBelow[^1] + (next == Member ? 1 : 0));
    }
}
