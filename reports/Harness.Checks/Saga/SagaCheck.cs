using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>What the checks of the order system share: they need the audit, and they count what is wrong.</summary>
public abstract class SagaCheck : ICheck
{
    public abstract string Name { get; }

    public abstract string Question { get; }

    public CheckResult Judge(RunRecord record)
    {
        if (record.Audit is not { } audit)
            return Answer(Verdict.Unknown, "There is no audit: the services were never asked what they hold.");

        var findings = new Findings(record);
        var numbers = new Dictionary<string, double>();
        string seen = Examine(record, audit, findings, numbers, out string? notJudged);
        numbers["violations"] = findings.Count;
        findings.AttributeTo(numbers);
        if (findings.Count > 0)
            return Answer(Verdict.Fail, $"{Plural.Of(findings.Count, "violation")}: {findings.First}", numbers, findings.Witness());

        return notJudged is null ? Answer(Verdict.Pass, seen, numbers) : Answer(Verdict.Unknown, $"{seen} {notJudged}".Trim(), numbers);
    }

    /// <summary>Looks at the whole audit.</summary>
    /// <param name="record">For the history and the events.</param>
    /// <param name="audit">What the services hold.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="numbers">Takes what was counted.</param>
    /// <param name="notJudged">Why a part of the question stays open; null when all of it was answered.</param>
    /// <returns>What was found right, in one sentence with its numbers.</returns>
    private protected abstract string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged);

    private CheckResult Answer(Verdict verdict, string summary, Dictionary<string, double>? numbers = null, Witness? witness = null) =>
        new() { Name = Name, Kind = ResultKind.Check, Verdict = verdict, Summary = summary, Numbers = numbers ?? [], Witness = witness };
}
