using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>How one of the four guarantees of Terry et al. (1994) was kept.</summary>
/// <param name="Name"><c>read-your-writes</c>, <c>monotonic-reads</c>, <c>monotonic-writes</c> or <c>writes-follow-reads</c>.</param>
/// <param name="Eligible">Operations that could have broken it.</param>
/// <param name="Violations">Those that did.</param>
/// <param name="Pair">The first that did, behind what it should have followed; null when none did.</param>
public sealed record SessionGuarantee(string Name, long Eligible, long Violations, (Operation Earlier, Operation Later)? Pair)
{
    private const double Unit = 10_000;

    /// <summary>0 when nothing was eligible.</summary>
    public double ViolationsPer10000 => Eligible == 0 ? 0 : Violations * Unit / Eligible;
}
