using System.Globalization;
using Harness.Checks.Saga;
using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>The database was not stormed: it was read at most once for each reason there was to load. Asked by name.</summary>
/// <remarks>A product is loaded when it is first read, when its time to live is over, when it has changed, and when a fault has taken it out of
/// the cache: that many loads each node may make, and one for each value that it loaded anew before its time was over. Only products that somebody asked for count. More than that proves that somebody loaded what another was already loading. Fewer prove
/// less, because not every reason leads to a read.</remarks>
public sealed class CacheLoadsCheck : ICheck
{
    /// <summary>What the order system takes where the switch <c>cache-ttl</c> is not set.</summary>
    private static readonly TimeSpan UsualTimeToLive = TimeSpan.FromSeconds(10);

    public string Name => "cache-loads";

    public string Question => "Was the database read at most once for each expiry of each product?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        CacheLoads found = CacheLoads.Of(record.Series);
        if (found.Nodes == 0 || record.Audit?.Inventory is not { } inventory)
            return Answer(Verdict.Unknown, found.Nodes == 0 ? "No service said anything of a cache." : "Inventory could not be asked what had changed.", []);

        double reasons = (Reasons(record, inventory) * found.Nodes) + CacheLoads.Growth(record.Series, "cache_early_refreshes_total");
        var numbers = new Dictionary<string, double>
        {
            ["loads"] = found.Loads,
            ["loadsPeakPerSecond"] = found.LoadsPeak,
            ["loadsPerExpiry"] = found.Loads / Math.Max(1, reasons),
            ["misses"] = found.Misses,
            ["waits"] = found.Waits,
            ["bypasses"] = found.Bypasses,
        };
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Loads} loads for at most {reasons} reasons to load; {found.Misses} misses, {found.Waits} of them waited, {found.Bypasses} went past the cache.");
        return found.Loads > reasons ? Answer(Verdict.Fail, summary, numbers, new Witness([summary], [])) : Answer(Verdict.Pass, summary, numbers);
    }

    private static double Reasons(RunRecord record, InventoryAudit inventory)
    {
        TimeSpan lasted = record.Series.Max(sample => sample.At);
        double expiries = Math.Ceiling(lasted / TimeToLive(record));
        double changes = Math.Max(inventory.Journal.Count, inventory.Products.Sum(product => (double)product.Version - 1));
        double products = AskedFor(record, inventory);
        return products * (1 + expiries) + record.Faults.Sum(fault => Emptied(fault, products)) + changes;
    }

    // The switch is recorded in whole milliseconds, "2000ms".
    private static TimeSpan TimeToLive(RunRecord record) =>
        record.Description.Target.TryGetValue("cache-ttl", out string? text)
        && int.TryParse(text.AsSpan().TrimEnd("ms"), NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : UsualTimeToLive;

    /// <summary>Products that were read or ordered; all of them when the record does not say.</summary>
    private static double AskedFor(RunRecord record, InventoryAudit inventory)
    {
        int asked = record.History.Where(o => o.Kind == OrderWords.ReadProduct).Select(o => o.Key)
            .Concat((record.Audit?.Orders?.Orders ?? []).Select(order => order.Sku))
            .Distinct(StringComparer.Ordinal).Count();
        return asked > 0 ? asked : inventory.Products.Count;
    }

    /// <summary>What a fault took out of the cache, as it says itself; at most once each product when it does not say.</summary>
    private static double Emptied(FaultWindow fault, double products) =>
        fault.Evidence is not null && fault.Evidence.TryGetValue("keys expired", out double keys) ? keys : products;

    private CheckResult Answer(Verdict verdict, string summary, Dictionary<string, double> numbers, Witness? witness = null) =>
        new() { Name = Name, Kind = ResultKind.Check, Verdict = verdict, Summary = summary, Numbers = numbers, Witness = witness };
}
