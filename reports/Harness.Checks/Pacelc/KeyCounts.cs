using Harness.Checks.Cache;
using Harness.Checks.Sessions;

namespace Harness.Checks.Pacelc;

/// <summary>How many entities were linearizable.</summary>
/// <param name="Ok">Every answer could have come from one copy, in the order of real time.</param>
/// <param name="Illegal">Some answer could not.</param>
/// <param name="Unknown">Not both written and read: nothing could have shown it.</param>
/// <remarks>
/// The owner gives versions in the order of its writes, so the order of all states of an entity is known and nothing has to be searched for: a history
/// of such a register is linearizable exactly when no operation that began after another had been answered shows an older
/// version than it, nor a write the same one again. (Gibbons and Korach 1997, the case of known write order.)
/// </remarks>
public sealed record KeyCounts(long Ok, long Illegal, long Unknown)
{
    public static KeyCounts Of(IReadOnlyList<PacelcRun> runs, Func<PacelcRun, TimeWindow> window)
    {
        long ok = 0, illegal = 0, unknown = 0;
        foreach (PacelcRun run in runs)
        {
            foreach (IGrouping<string, SessionStep> entity in VersionedSteps.Of(run.History).GroupBy(step => step.Source.Key))
            {
                SessionStep[] counted = [.. entity.Where(step => window(run).Has(step.Source.Invoked))];
                if (counted.Length == 0)
                    continue;
                var known = new KnownVersions(entity);
                if (counted.Any(step => known.NewestBefore(step.Source.Invoked) is { } newest && (step.IsWrite ? newest >= step.Version : newest > step.Version)))
                    illegal++;
                else if (entity.Any(step => step.IsWrite) && counted.Any(step => !step.IsWrite))
                    ok++;
                else
                    unknown++;
            }
        }

        return new KeyCounts(ok, illegal, unknown);
    }
}
