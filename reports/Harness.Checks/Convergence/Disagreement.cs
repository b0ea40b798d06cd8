using Harness.Records;

namespace Harness.Checks.Convergence;

/// <summary>A time in which an entity was in two states at once: a newer version was known, and an older one was still answered.</summary>
/// <param name="Key">The entity.</param>
/// <param name="From">When the newer version was first known.</param>
/// <param name="Until">When the last read that still got an older one began.</param>
/// <param name="LastRead">That read.</param>
public readonly record struct Disagreement(string Key, TimeSpan From, TimeSpan Until, Operation LastRead)
{
    public TimeSpan Length => Until - From;
}
