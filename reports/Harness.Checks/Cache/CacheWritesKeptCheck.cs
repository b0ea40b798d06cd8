using Harness.Checks.Saga;
using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>Whatever version was acknowledged or shown is in the database in the end: none was lost between a cache that writes back and
/// what it writes to. Asked by name.</summary>
public sealed class CacheWritesKeptCheck : SagaCheck, ICheck
{
    public override string Name => "cache-writes-kept";

    public override string Question => "Did every version that was acknowledged or shown reach the database?";

    /// <summary>Only a cache that writes back can lose any.</summary>
    public bool AskedByDefault => false;

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        Dictionary<string, long> kept = (audit.Inventory?.Products ?? []).ToDictionary(product => product.Sku, product => product.Version, StringComparer.Ordinal);
        SessionStep[] known = [.. VersionedSteps.Of(record).Where(step => kept.ContainsKey(step.Source.Key))];
        notJudged = audit.Inventory is null ? "Inventory could not be asked."
            : known.Length == 0 ? "No version of a product was ever written or read." : null;

        long versions = 0;
        foreach (var entity in known.Where(step => step.Version > kept[step.Source.Key]).GroupBy(step => step.Source.Key))
        {
            SessionStep[] lost = [.. entity.OrderBy(step => step.Source.Invoked)];
            long newest = lost.Max(step => step.Version);
            versions += newest - kept[entity.Key];
            findings.AddShown(
                $"{entity.Key} was known up to version {newest} for {(lost[^1].Source.Invoked - lost[0].Source.Invoked).TotalSeconds:0.###} s, "
                    + $"but the database has version {kept[entity.Key]}; first known",
                lost[0].Source);
        }

        // A version that was lost may be given again to another write; whoever acknowledged them has counted.
        long counted = audit.Inventory?.WriteBack?.Lost ?? 0;
        if (counted > 0)
            findings.Add($"Inventory itself counts {Plural.Of(counted, "write")} that it had acknowledged and that the cache has lost.");
        numbers["lostByItsOwnCount"] = counted;
        numbers["lostVersions"] = versions;
        numbers["known"] = known.Length;
        return $"{Plural.Of(known.Length, "known version")} of {Plural.Of(kept.Count, "product")} reached the database.";
    }
}
