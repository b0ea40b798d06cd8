using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults;

/// <summary>Reads what faults of parts have in common.</summary>
internal static class PartFields
{
    /// <summary>The services and stores under <c>parts</c>; at least one, each a process of this environment.</summary>
    /// <param name="fields">The fault.</param>
    /// <param name="key">The key they stand under.</param>
    public static IReadOnlyList<string> Parts(this FaultFields fields, string key = "parts")
    {
        IReadOnlyList<string> written = fields.Own.Texts(key), known = fields.Environment.Parts;
        if (written.Count == 0)
            fields.Own.Report(key, $"is missing; it takes a list of {string.Join(", ", known)}");
        foreach (string name in written.Where(name => !known.Contains(name)).Distinct())
            fields.Own.Report(key, $"'{name}' is no process of --env {fields.Environment.Name}; {Hint(name, fields.Environment)}");
        foreach (string name in written.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
            fields.Own.Report(key, $"'{name}' is named twice");
        return written;
    }

    private static string Hint(string name, IEnvironmentKind environment) =>
        EnvironmentKinds.All.FirstOrDefault(other => other.Parts.Contains(name)) is { } has
            ? $"--env {has.Name} has it"
            : environment.Parts.Count == 0
                ? $"--env {string.Join(" and --env ", EnvironmentKinds.All.Where(other => other.Parts.Count > 0).Select(other => other.Name))} have processes"
                : NearestName.Hint(name, environment.Parts);
}
