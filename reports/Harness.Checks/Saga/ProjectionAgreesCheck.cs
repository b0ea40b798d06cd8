using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>The orders that are read are what the events make of them. Asked by name: only orders that are kept as events can disagree.</summary>
public sealed class ProjectionAgreesCheck : SagaCheck, ICheck
{
    public override string Name => "projection-agrees";

    public override string Question => "Are the orders that are read what replaying every event makes of them?";

    public bool AskedByDefault => false;

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        ProjectionAudit? projection = audit.Orders?.Projection;
        notJudged = audit.Orders is null ? "Orders could not be asked."
            : projection is null ? "Orders keeps states, not events; storage: events has a projection."
            : projection.Events == 0 ? "Nothing ever happened." : null;
        if (projection is null)
            return "";
        (numbers["orders"], numbers["events"]) = (projection.Orders, projection.Events);
        Say(findings, projection.Missing, "of the events", "not among those that are read");
        Say(findings, projection.Different, "among those that are read", "not as the events make it");
        Say(findings, projection.Extra, "among those that are read", "of no event");
        return $"{Plural.Of(projection.Events, "event")} make the {Plural.Of(projection.Orders, "order")} that are read.";
    }

    private static void Say(Findings findings, long count, string which, string wrong)
    {
        if (count > 0)
            findings.Add($"{Plural.Of(count, "order")} {which} {(count == 1 ? "is" : "are")} {wrong}.");
    }
}
