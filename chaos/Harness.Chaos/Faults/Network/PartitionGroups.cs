using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults.Network;

/// <summary>Reads <c>groups: "[orders] | [payments, inventory]"</c>: every edge that leads from one group to another. Parts in no group see everybody.</summary>
internal static class PartitionGroups
{
    private const string Form = "groups in brackets with a bar between them, such as \"[orders] | [payments, inventory]\"";

    /// <returns>Empty when no groups are written, and after a problem.</returns>
    public static IReadOnlyList<Edge> Edges(FaultFields fields)
    {
        if (fields.Own.Text("groups") is not { } text)
            return [];
        if (fields.Own.Texts("edges").Count > 0)
            fields.Own.Report("groups", "a partition has edges or groups, not both");
        string[][] groups = [.. text.Split('|', StringSplitOptions.TrimEntries).Select(Members)];
        if (groups.Length < 2 || groups.Any(group => group.Length == 0))
        {
            fields.Own.Report("groups", $"'{text}' is not {Form}");
            return Whole(fields);
        }

        string[] parts = [.. fields.Environment.Edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct()];
        foreach (string stranger in groups.SelectMany(group => group).Where(member => !parts.Contains(member)))
            fields.Own.Report("groups", $"'{stranger}' is no part of the system; {NearestName.Hint(stranger, parts)}");
        foreach (string twice in groups.SelectMany(group => group).GroupBy(member => member).Where(member => member.Count() > 1).Select(member => member.Key))
            fields.Own.Report("groups", $"'{twice}' is named twice");

        Edge[] crossing = [.. fields.Environment.Edges.Where(edge => Crosses(groups, edge))];
        if (crossing.Length == 0)
            fields.Own.Report("groups", $"no edge of --env {fields.Environment.Name} leads from one of '{text}' to another");
        return crossing.Length > 0 ? crossing : Whole(fields);
    }

    // Something to go on with after a problem, so that missing edges are not reported as well.
    private static IReadOnlyList<Edge> Whole(FaultFields fields) => fields.Environment.Edges;

    private static bool Crosses(string[][] groups, Edge edge)
    {
        int from = Array.FindIndex(groups, group => group.Contains(edge.From));
        int to = Array.FindIndex(groups, group => group.Contains(edge.To));
        return from >= 0 && to >= 0 && from != to;
    }

    private static string[] Members(string group) => group is ['[', .. var inside, ']']
        ? inside.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];
}
