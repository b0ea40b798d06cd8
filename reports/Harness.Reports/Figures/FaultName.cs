namespace Harness.Reports.Figures;

/// <summary>What a fault is called for people: its kind and where it was put.</summary>
internal static class FaultName
{
    public static string Of(RunFacts facts, string name) =>
        facts.Description.Faults.FirstOrDefault(f => f.Name == name) is { } planned
            ? $"{planned.Kind} {string.Join(", ", [.. planned.Edges, .. planned.Parts])}".TrimEnd()
            : name;
}
