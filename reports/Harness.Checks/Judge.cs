using Harness.Checks.Expectations;
using Harness.Checks.Validity;
using Harness.Records;

namespace Harness.Checks;

/// <summary>Puts every question to a record and makes one verdict of the answers.</summary>
public static class Judge
{
    /// <summary>Every check of this assembly, by name.</summary>
    public static IReadOnlyList<ICheck> All { get; } =
    [
        .. typeof(ICheck).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ICheck)) && type.GetConstructor([]) is not null)
            .Select(type => (ICheck)Activator.CreateInstance(type)!)
            .OrderBy(check => check.Name, StringComparer.Ordinal),
    ];

    /// <summary>Whether the run can prove anything, then what its author expected, then the checks the author named (when he said
    /// nothing of them, all that are asked by default; when he named none, none).</summary>
    public static RunVerdict Of(RunRecord record)
    {
        CheckResult[] validity = [.. RunValidity.Of(record)];
        CheckResult[] expectations = [.. JudgeExpectations(record, Excuse(record, validity))];
        CheckResult[] checks = [.. JudgeChecks(record)];
        CheckResult[] all = [.. validity, .. expectations, .. checks];
        return Summing.Up(record.Description.Predicted is { } predicted ? Predicted.Turn(predicted, all) : all);
    }

    /// <summary>Why a limit that was missed proves nothing; null when it does.</summary>
    private static string? Excuse(RunRecord record, IReadOnlyList<CheckResult> validity)
    {
        bool Holds(string name) => validity.First(result => result.Name == name).Verdict == Verdict.Pass;
        if (!Holds(GeneratorKeptUp.Name))
            return " The generator did not keep up, so this proves nothing.";
        return Holds(RunCompleted.Name) ? BusyMachine.Excuse(record.Description, record.Events) : " The run did not go to its end, so this proves nothing.";
    }

    private static IEnumerable<CheckResult> JudgeExpectations(RunRecord record, string? excuse)
    {
        foreach (Expectation expectation in record.Description.Expect.Where(e => e is not ChecksExpectation))
        {
            CheckResult result = Guarded.Ask(
                ExpectationText.Of(expectation), ResultKind.Expectation, () => ExpectationJudge.Of(expectation, record));
            yield return excuse is null || result.Verdict != Verdict.Fail ? result : result with
            {
                Verdict = Verdict.Unknown,
                Summary = result.Summary + excuse,
            };
        }
    }

    private static IEnumerable<CheckResult> JudgeChecks(RunRecord record)
    {
        ChecksExpectation[] said = [.. record.Description.Expect.OfType<ChecksExpectation>()];
        foreach (string name in said.Length > 0 ? said.SelectMany(e => e.Names).Distinct() : All.Where(check => check.AskedByDefault).Select(check => check.Name))
        {
            ICheck? check = All.FirstOrDefault(known => known.Name == name);
            yield return Guarded.Ask(name, ResultKind.Check, () => check?.Judge(record)
                ?? throw new ArgumentException($"There is no check of this name. There are {string.Join(", ", All.Select(known => known.Name))}."));
        }
    }
}
