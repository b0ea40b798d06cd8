namespace Harness.Chaos.Faults.Services;

/// <summary>
/// Adds up what a service counted although it may have been started anew meanwhile, and then counts from zero. Of what ends in <c>at most</c>
/// the largest counts.
/// </summary>
internal sealed class EvidenceOfLives
{
    private readonly Dictionary<string, (double Before, double Now)> _counts = [];
    private readonly Lock _gate = new();

    /// <summary>All of it.</summary>
    public IReadOnlyDictionary<string, double> Total
    {
        get
        {
            lock (_gate)
                return _counts.ToDictionary(count => count.Key, count => Joined(count.Key, count.Value.Before, count.Value.Now));
        }
    }

    /// <summary>One number for two of the same name.</summary>
    public static double Joined(string what, double one, double other) => what.EndsWith("at most", StringComparison.Ordinal) ? Math.Max(one, other) : one + other;

    /// <summary>Takes in what the service says now.</summary>
    public void Note(IReadOnlyDictionary<string, double> seen)
    {
        lock (_gate)
        {
            foreach ((string what, double now) in seen)
            {
                (double before, double last) = _counts.GetValueOrDefault(what);
                _counts[what] = (now < last ? Joined(what, before, last) : before, now);
            }
        }
    }
}
