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
            : Html.Of($"""{SystemMap.Of(facts)}<ul class="results">{faults.Select(name => Fault(facts, name))}</ul>"""));
    }

    private static Html Fault(RunFacts facts, string name)
    {
        PlannedFault? planned = facts.Description.Faults.FirstOrDefault(f => f.Name == name);
        var windows = facts.Faults.Where(f => f.Name == name).ToList();
        return Html.Of($"""
            <li class="result fault">
            <h3>{name}</h3>
            {Plan(planned, windows)}
            {Evidence(windows)}
            </li>

            """);
    }

    private static Html Plan(PlannedFault? planned, List<FaultWindow> windows) => FactList.Of(
        ("Kind", planned?.Kind ?? ""),
        (planned is { Parts.Count: > 0 } ? "Parts" : "Edges", string.Join(", ", planned is null ? [] : [.. planned.Edges, .. planned.Parts])),
        ("With", string.Join(", ", (planned?.Parameters ?? new Dictionary<string, string>()).Select(p => $"{p.Key} {p.Value}"))),
        ("Planned", planned is null ? "" : $"{Written.Moment(planned.At)} into the fault phase, for {Written.Duration(planned.For)}"),
        ("In place", InPlace(windows)));

    private static string InPlace(List<FaultWindow> windows) => windows.Count == 0
        ? "never: the run ended before it, or it could not be injected"
        : string.Join("; ", windows.Select(InPlace));

    private static string InPlace(FaultWindow window) => window.End is { } end
        ? $"{Written.Moment(window.Start)} to {Written.Moment(end)} ({Written.Duration(end - window.Start)})"
        : $"from {Written.Moment(window.Start)}; its healing was not recorded";

    private static Html Evidence(List<FaultWindow> windows)
    {
        var seen = windows.Where(w => w.Evidence is { Count: > 0 }).ToList();
        return seen.Count == 0
            ? Html.Of($"""<p class="note warning">Nothing was reported that shows what it did.</p>""")
            : Html.Of($"<p>What it was seen to do:</p>{seen.Select(w => NumberList.Of(w.Evidence))}");
    }
}
