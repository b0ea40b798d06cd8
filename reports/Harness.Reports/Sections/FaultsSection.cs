using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>What was put wrong, and what shows that it bit.</summary>
internal static class FaultsSection
{
    public static Section Of(RunFacts facts)
    {
        var faults = facts.Description.Faults.Select(f => f.Name)
            .Concat(facts.Faults.Select(f => f.Name))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new Section("faults", "Faults", faults.Count == 0
            ? Html.Of($"<p>Nothing was put wrong in this run.</p>")
            : Html.Of($"""<ul class="results">{faults.Select(name => Fault(facts, name))}</ul>"""));
    }

    private static Html Fault(RunFacts facts, string name)
    {
        PlannedFault? planned = facts.Description.Faults.FirstOrDefault(f => f.Name == name);
        FaultWindow? window = facts.Faults.FirstOrDefault(f => f.Name == name);
        return Html.Of($"""
            <li class="result fault">
            <h4><span>{name}</span></h4>
            {Plan(planned, window)}
            {Evidence(window)}
            </li>

            """);
    }

    private static Html Plan(PlannedFault? planned, FaultWindow? window) => FactList.Of(
        ("Kind", planned?.Kind ?? ""),
        ("Edges", string.Join(", ", planned?.Edges ?? [])),
        ("With", string.Join(", ", (planned?.Parameters ?? new Dictionary<string, string>()).Select(p => $"{p.Key} {p.Value}"))),
        ("Planned", planned is null ? "" : $"{Written.Moment(planned.At)} into the fault phase, for {Written.Duration(planned.For)}"),
        ("In place", InPlace(window)));

    private static string InPlace(FaultWindow? window) => window switch
    {
        null => "never: the run ended before it, or it could not be injected",
        { End: { } end } => $"{Written.Moment(window.Start)} to {Written.Moment(end)} ({Written.Duration(end - window.Start)})",
        _ => $"from {Written.Moment(window.Start)}; its healing was not recorded",
    };

    private static Html Evidence(FaultWindow? window) => window?.Evidence is { Count: > 0 } evidence
        ? Html.Of($"<p>Seen on the wire:</p>{NumberList.Of(evidence)}")
        : Html.Of($"""<p class="note warning">Nothing was reported that shows it on the wire.</p>""");
}
