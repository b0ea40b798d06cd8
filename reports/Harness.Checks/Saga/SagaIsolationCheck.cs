using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>Counts what orders under way let each other and their clients see. Sagas promise none of it away, so these are budgets, not
/// faults; asked by name.</summary>
public sealed class SagaIsolationCheck : ICheck
{
    private const double Unit = 10_000;

    public string Name => "saga-isolation";

    public string Question => "How often did an update get lost, a read see what was later undone, or a second read see something else?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        if (record.Audit is not { } audit)
            return Answer(Verdict.Unknown, "There is no audit: the services were never asked what they hold.", []);

        SagaIsolation found = SagaIsolation.Of(record, audit);
        var findings = new Findings(record);
        foreach ((string fact, Operation[] shownBy) in found.Examples)
            findings.AddShown(fact, shownBy);
        var numbers = new Dictionary<string, double>
        {
            ["lostUpdates"] = found.LostUpdates,
            ["dirtyReads"] = found.DirtyReads,
            ["fuzzyReads"] = found.FuzzyReads,
            ["lostUpdatesPer10000"] = Per(found.LostUpdates, found.Updates),
            ["dirtyReadsPer10000"] = Per(found.DirtyReads, found.ReadsOfKnownVersions),
            ["fuzzyReadsPer10000"] = Per(found.FuzzyReads, found.RepeatedReads),
        };
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{found.LostUpdates} of {found.Updates} updates were lost, {found.DirtyReads} of {found.ReadsOfKnownVersions} reads dirty, "
                + $"{found.FuzzyReads} of {found.RepeatedReads} repeated reads fuzzy.");
        bool nothing = found.Updates + found.ReadsOfKnownVersions + found.RepeatedReads == 0;
        return Answer(nothing ? Verdict.Unknown : Verdict.Pass, summary, numbers, findings.Count > 0 ? findings.Witness() : null);
    }

    private static double Per(long count, long of) => of == 0 ? 0 : count * Unit / of;

    private CheckResult Answer(Verdict verdict, string summary, Dictionary<string, double> numbers, Witness? witness = null) =>
        new() { Name = Name, Kind = ResultKind.Check, Verdict = verdict, Summary = summary, Numbers = numbers, Witness = witness };
}
