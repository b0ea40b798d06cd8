using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>A key stands for one order: when it comes again with another one, that is refused and not taken for the first. Asked by name,
/// because only a client that tries it can show it.</summary>
public sealed class IdempotencyKeysBindCheck : ICheck
{
    public string Name => "idempotency-keys-bind";

    public string Question => "Was a key that came again with another order refused?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        var findings = new Findings(record);
        Operation[] tries = [.. record.History.Where(o => o.Kind == OrderWords.ReuseKey)];
        foreach (Operation taken in tries.Where(o => o.Outcome == Outcome.Ok))
            findings.AddShown($"Key {taken.Key} came again with another order and was answered with order {taken.Value} instead of a conflict,", taken);

        long refused = tries.Count(o => o.Outcome == Outcome.Refused);
        var numbers = new Dictionary<string, double> { ["tries"] = tries.Length, ["refused"] = refused, ["violations"] = findings.Count };
        findings.AttributeTo(numbers);
        return new CheckResult
        {
            Name = Name,
            Kind = ResultKind.Check,
            Verdict = findings.Count > 0 ? Verdict.Fail : refused == 0 ? Verdict.Unknown : Verdict.Pass,
            Summary = findings.Count > 0 ? $"{Plural.Of(findings.Count, "violation")}: {findings.First}"
                : refused == 0 ? "Nobody got an answer to a key that was used for another order."
                : $"{Plural.Of(refused, "key")} that came again with another order were refused.",
            Numbers = numbers,
            Witness = findings.Count > 0 ? findings.Witness() : null,
        };
    }
}
