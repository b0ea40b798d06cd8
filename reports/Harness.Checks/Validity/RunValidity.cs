using Harness.Records;

namespace Harness.Checks.Validity;

/// <summary>Whether a run can prove anything.</summary>
internal static class RunValidity
{
    public static IEnumerable<CheckResult> Of(RunRecord record)
    {
        yield return Guarded.Ask(RunCompleted.Name, ResultKind.Validity, () => RunCompleted.Judge(record));
        yield return Guarded.Ask(GeneratorKeptUp.Name, ResultKind.Validity, () => GeneratorKeptUp.Judge(record));
        foreach (PlannedFault planned in record.Description.Faults)
            yield return Guarded.Ask(FaultObserved.NameOf(planned), ResultKind.Validity, () => FaultObserved.Judge(planned, record));
    }
}
