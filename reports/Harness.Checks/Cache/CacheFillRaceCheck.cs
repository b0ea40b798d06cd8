using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>No fill of the cache put an older version back. Asked by name: cache-aside allows it within the time to live.</summary>
public sealed class CacheFillRaceCheck : ICheck
{
    public string Name => "cache-fill-race";

    public string Question => "Did the cache never go back to an older version?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        SessionStep[] steps = VersionedSteps.Of(record);
        IReadOnlyList<FillRace> races = FillRaces.Of(steps);
        long reads = steps.LongCount(step => !step.IsWrite);
        var findings = new Findings(record);
        foreach (FillRace race in races)
        {
            findings.AddShown(
                $"{race.Older.Key} was shown at version {race.Newer.Value}, and later {Plural.Of(race.Reads, "read")} showed version {race.Older.Value},",
                race.Newer, race.Older);
        }

        var numbers = new Dictionary<string, double> { ["reads"] = reads, ["fillRaces"] = races.Count, ["readsOfOlder"] = races.Sum(race => race.Reads) };
        findings.AttributeTo(numbers);
        return new CheckResult
        {
            Name = Name,
            Kind = ResultKind.Check,
            Verdict = reads == 0 ? Verdict.Unknown : races.Count > 0 ? Verdict.Fail : Verdict.Pass,
            Summary = reads == 0 ? "No version was ever read."
                : races.Count > 0 ? $"{Plural.Of(races.Count, "violation")}: {findings.First}"
                : $"{Plural.Of(reads, "read")} never showed a version older than one shown before.",
            Numbers = numbers,
            Witness = races.Count > 0 ? findings.Witness() : null,
        };
    }
}
