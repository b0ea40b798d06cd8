using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Validity;

/// <summary>Services and stores share a machine with whatever else runs there. A limit that holds nevertheless holds; one that is missed while others had the
/// processors says nothing of the system.</summary>
public static class BusyMachine
{
    /// <summary>Of all processors; half of one on a machine of two.</summary>
    private const double MaxOthersRatio = 0.25;

    /// <returns>Null when the machine was the run's own, when nobody can tell, and where the system's own processes are not the harness's.</returns>
    public static string? Excuse(RunDescription description, IEnumerable<TimelineEvent> events)
    {
        if (description.Environment is not ("embedded" or "local"))
            return null;
        double most = events.Where(happened => happened.Kind == EventKind.PhaseEnded)
            .Select(happened => happened.Numbers?.GetValueOrDefault("othersCpuRatio") ?? 0).DefaultIfEmpty().Max();
        return most <= MaxOthersRatio ? null
            : string.Create(CultureInfo.InvariantCulture, $" Other programs had {most:0 %} of this machine's processors meanwhile, so this proves nothing.");
    }
}
