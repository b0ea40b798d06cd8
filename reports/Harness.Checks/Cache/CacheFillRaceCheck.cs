using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>No fill of the cache put an older version back. Asked by name: cache-aside allows it within the time to live.</summary>
/// <remarks>A read that went past the cache may show what the cache has not been told yet, and then it is not the cache that went back. So
/// where reads went past it at about that time, nothing is said.</remarks>
public sealed class CacheFillRaceCheck : ICheck
{
    // Samples are a second apart, and what they say is up to a second old.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    public string Name => "cache-fill-race";

    public string Question => "Did the cache never go back to an older version?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        SessionStep[] steps = VersionedSteps.Of(record);
        ILookup<bool, FillRace> found = FillRaces.Of(steps).ToLookup(race => WentPast(record.Series, race));
        FillRace[] races = [.. found[false]];
        int undecided = found[true].Count();
        long reads = steps.LongCount(step => !step.IsWrite);
        var findings = new Findings(record);
        foreach (FillRace race in races)
        {
            findings.AddShown(
                $"{race.Older.Key} was shown at version {race.Newer.Value}, and later {Plural.Of(race.Reads, "read")} showed version {race.Older.Value},",
                race.Newer, race.Older);
        }

        var numbers = new Dictionary<string, double> { ["reads"] = reads, ["fillRaces"] = races.Length, ["readsOfOlder"] = races.Sum(race => race.Reads), ["undecided"] = undecided };
        findings.AttributeTo(numbers);
        return new CheckResult
        {
            Name = Name,
            Kind = ResultKind.Check,
            Verdict = races.Length > 0 ? Verdict.Fail : reads == 0 || undecided > 0 ? Verdict.Unknown : Verdict.Pass,
            Summary = reads == 0 ? "No version was ever read."
                : races.Length > 0 ? $"{Plural.Of(races.Length, "violation")}: {findings.First}"
                : undecided > 0 ? $"{Plural.Of(undecided, "older version")} came back while reads went past the cache, so it was not shown that the cache went back."
                : $"{Plural.Of(reads, "read")} never showed a version older than one shown before.",
            Numbers = numbers,
            Witness = races.Length > 0 ? findings.Witness() : null,
        };
    }

    private static bool WentPast(IReadOnlyList<SeriesSample> series, FillRace race)
    {
        bool About(Operation read) => CacheLoads.Growth(
            [.. series.Where(sample => sample.At >= read.Invoked - Before && sample.At <= (read.Completed ?? read.Invoked) + After)], "cache_bypasses_total") > 0;
        return About(race.Newer) || About(race.Older);
    }
}
