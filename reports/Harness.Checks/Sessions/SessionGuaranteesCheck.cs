using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>The four session guarantees as one check. A system that answers from caches breaks them by design, so it is only asked by
/// name.</summary>
public sealed class SessionGuaranteesCheck : ICheck
{
    public string Name => "session-guarantees";

    public string Question => "Did every client see its own writes, and never the world going backwards?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        IReadOnlyList<SessionGuarantee> guarantees = SessionGuarantees.Of(VersionedSteps.Of(record));
        SessionGuarantee[] broken = [.. guarantees.Where(g => g.Violations > 0)];
        return new CheckResult
        {
            Name = Name,
            Kind = ResultKind.Check,
            Verdict = broken.Length > 0 ? Verdict.Fail : guarantees.Any(g => g.Eligible > 0) ? Verdict.Pass : Verdict.Unknown,
            Summary = string.Join(", ", guarantees.Select(g => $"{g.Name} {g.Violations} of {g.Eligible}")) + " violated.",
            Numbers = guarantees.ToDictionary(g => $"{g.Name}Per10000", g => g.ViolationsPer10000),
            Witness = broken.Length == 0 ? null : WitnessOf(broken, record),
        };
    }

    private static Witness WitnessOf(SessionGuarantee[] broken, RunRecord record)
    {
        var findings = new Findings(record);
        foreach (SessionGuarantee guarantee in broken)
        {
            (Operation earlier, Operation later) = guarantee.Pair!.Value;
            string rate = guarantee.ViolationsPer10000.ToString("0.#", CultureInfo.InvariantCulture);
            findings.AddShown(
                $"{guarantee.Name} ({rate} of 10000): after {earlier.Kind} of {earlier.Key} at version {earlier.Value}, "
                    + $"process {later.Process} read {later.Key} at version {later.Value}",
                earlier, later);
        }

        return findings.Witness();
    }
}
