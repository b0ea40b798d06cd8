namespace Harness.Checks.Pacelc;

/// <summary>A stretch of a run.</summary>
/// <param name="From">Belongs to it.</param>
/// <param name="Until">Does not.</param>
public readonly record struct TimeWindow(TimeSpan From, TimeSpan Until)
{
    public bool Has(TimeSpan at) => From <= at && at < Until;
}
