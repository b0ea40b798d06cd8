using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>Once nothing stands between the cache and its store any more, reads go through it again: none gives up on the cache or on the lock
/// of a load. Asked by name.</summary>
/// <remarks>What only empties the cache (<c>expire-cache</c>) may go on: it gives the reads something to load. A few bypasses are forgiven,
/// which a machine that stands still for a moment brings about.</remarks>
public sealed class CacheUsedAgainCheck : ICheck
{
    private const double ForgivenRatio = 0.02;
    private const double Forgiven = 10;
    private const string Emptying = "expire-cache";

    /// <summary>The time after which a lock whose owner is gone is free, and as much again.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    private static readonly string[] Behind = ["redis", "inventory"];

    public string Name => "cache-used-again";

    public string Question => "Did reads go through the cache again once it was to be had?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        HashSet<string> cuts = [.. record.Description.Faults.Where(Cuts).Select(fault => fault.Name)];
        FaultWindow[] windows = [.. record.Faults.Where(fault => cuts.Contains(fault.Name))];
        if (windows.Length == 0 || windows.Any(fault => fault.End is null))
            return Answer(Verdict.Unknown, windows.Length == 0 ? "No fault stood between the cache and its store." : "A fault was never healed.", []);

        TimeSpan from = windows.Max(fault => fault.End!.Value) + Grace;
        TimeSpan until = record.Phases.Where(phase => phase.Phase is not Phase.Settle and not Phase.None).Select(phase => phase.End).DefaultIfEmpty().Max();
        SeriesSample[] after = [.. record.Series.Where(sample => sample.At >= from && sample.At <= until)];
        double Grown(string metric) => CacheLoads.Growth(after, metric);
        (double bypasses, double misses) = (Grown("cache_bypasses_total"), Grown("cache_misses_total"));
        double reads = misses + Grown("cache_hits_total");
        var numbers = new Dictionary<string, double> { ["reads"] = reads, ["misses"] = misses, ["bypasses"] = bypasses };
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"From {Grace.TotalSeconds:0} s after healing on, {bypasses} of {misses} misses ({reads} reads) gave up on the cache or on the lock of a load.");
        if (reads == 0)
            return Answer(Verdict.Unknown, $"Nothing was read through the cache from {Grace.TotalSeconds:0} s after healing on.", numbers);
        return bypasses > Math.Max(Forgiven, ForgivenRatio * misses)
            ? Answer(Verdict.Fail, summary, numbers, new Witness([summary], []))
            : Answer(Verdict.Pass, summary, numbers);
    }

    private static bool Cuts(PlannedFault fault) => fault.Kind != Emptying
        && (fault.Parts.Any(Behind.Contains) || fault.Edges.Any(edge => edge.EndsWith("-> redis", StringComparison.Ordinal)));

    private CheckResult Answer(Verdict verdict, string summary, Dictionary<string, double> numbers, Witness? witness = null) =>
        new() { Name = Name, Kind = ResultKind.Check, Verdict = verdict, Summary = summary, Numbers = numbers, Witness = witness };
}
