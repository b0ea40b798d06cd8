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

    /// <summary>Whether the run can prove anything, then what its author expected, then the checks the author named (when none was
    /// named, all that are asked by default).</summary>
    public static RunVerdict Of(RunRecord record)
    {
        CheckResult[] validity = [.. RunValidity.Of(record)];
        bool generatorKeptUp = validity.First(result => result.Name == GeneratorKeptUp.Name).Verdict == Verdict.Pass;
        CheckResult[] expectations = [.. JudgeExpectations(record, generatorKeptUp)];
        CheckResult[] checks = [.. JudgeChecks(record)];
        return Summing.Up([.. validity, .. expectations, .. checks]);
    }

    private static IEnumerable<CheckResult> JudgeExpectations(RunRecord record, bool generatorKeptUp)
    {
        foreach (Expectation expectation in record.Description.Expect.Where(e => e is not ChecksExpectation))
        {
            CheckResult result = Guarded.Ask(
                ExpectationText.Of(expectation), ResultKind.Expectation, () => ExpectationJudge.Of(expectation, record));
            yield return generatorKeptUp || result.Verdict != Verdict.Fail ? result : result with
            {
                Verdict = Verdict.Unknown,
                Summary = result.Summary + " The generator did not keep up, so this proves nothing.",
            };
        }
    }

    private static IEnumerable<CheckResult> JudgeChecks(RunRecord record)
    {
        string[] named = [.. record.Description.Expect.OfType<ChecksExpectation>().SelectMany(e => e.Names).Distinct()];
        foreach (string name in named.Length > 0 ? named : All.Where(check => check.AskedByDefault).Select(check => check.Name))
        {
            ICheck? check = All.FirstOrDefault(known => known.Name == name);
            yield return Guarded.Ask(name, ResultKind.Check, () => check?.Judge(record)
                ?? throw new ArgumentException($"There is no check of this name. There are {string.Join(", ", All.Select(known => known.Name))}."));
        }
    }
}
