using System.Globalization;
using Harness.Records;

namespace Harness.Checks;

/// <summary>Says when something happened: the second, the phase, and the faults that were in place.</summary>
internal static class Moment
{
    /// <returns><c>At 12.345 s, phase fault, under payments-cut.</c></returns>
    public static string Of(TimeSpan at, RunRecord record)
    {
        string second = at.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
        PhaseWindow? phase = record.Phases.FirstOrDefault(p => p.Start <= at && at < p.End);
        string[] faults = [.. record.Faults.Where(f => f.Start <= at && (f.End is null || at < f.End)).Select(f => f.Name)];
        return $"at {second} s"
            + (phase is null ? "" : $", phase {phase.Phase.ToString().ToLowerInvariant()}")
            + (faults.Length == 0 ? "" : $", under {string.Join(" and ", faults)}") + ".";
    }
}
