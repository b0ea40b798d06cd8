using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>Every acknowledged change made a version of its own: two that made the same one did not know of each other, and one of them
/// overwrote the other. Asked by name.</summary>
/// <remarks>Judged from the acknowledgements alone, O(n). A store that loses what it had acknowledged may give a version twice; that is then
/// the same loss, seen by its writers.</remarks>
public sealed class NoLostUpdatesCheck : ICheck
{
    public string Name => "no-lost-updates";

    public string Question => "Did every acknowledged change of a product make a version of its own?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        var findings = new Findings(record);
        var makers = new Dictionary<(string Key, long Version), Operation>();
        long writes = 0;
        foreach (SessionStep write in VersionedSteps.Of(record).Where(step => step.IsWrite))
        {
            writes++;
            if (makers.TryAdd((write.Source.Key, write.Version), write.Source))
                continue;
            Operation first = makers[(write.Source.Key, write.Version)];
            findings.AddShown(
                $"{write.Source.Key} was changed into version {write.Version} by a {first.Kind} of client {first.Process} and again by a {write.Source.Kind} of client "
                    + $"{write.Source.Process}, so one of them overwrote the other,",
                first, write.Source);
        }

        var numbers = new Dictionary<string, double> { ["writes"] = writes, ["lostUpdates"] = findings.Count };
        findings.AttributeTo(numbers);
        return new CheckResult
        {
            Name = Name,
            Kind = ResultKind.Check,
            Verdict = findings.Count > 0 ? Verdict.Fail : writes == 0 ? Verdict.Unknown : Verdict.Pass,
            Summary = findings.Count > 0 ? $"{Plural.Of(findings.Count, "violation")}: {findings.First}"
                : writes == 0 ? "No change of a product was ever acknowledged."
                : $"{Plural.Of(writes, "acknowledged change")} made a version each.",
            Numbers = numbers,
            Witness = findings.Count > 0 ? findings.Witness() : null,
        };
    }
}
