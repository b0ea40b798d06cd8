using System.Globalization;
using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports.Comparing;

/// <summary>What can set one run apart from another, by name; and what does.</summary>
internal static class RunTraits
{
    public const string Seed = "seed";

    /// <summary>Of each run, the traits that are not the same in all these runs; the seed only when nothing else sets them apart.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Differing(IReadOnlyList<RunDescription> runs)
    {
        List<Dictionary<string, string>> all = [.. runs.Select(run => TraitsOf(run).GroupBy(t => t.Name).ToDictionary(t => t.Key, t => t.First().Value))];
        string[] names = [.. all.SelectMany(traits => traits.Keys).Distinct()
            .Where(name => all.Select(traits => traits.GetValueOrDefault(name, "")).Distinct().Count() > 1)];
        if (names.Length > 1)
            names = [.. names.Where(name => name != Seed)];
        return [.. all.Select(traits => names.ToDictionary(name => name, name => traits.GetValueOrDefault(name) is { Length: > 0 } value ? value : Written.Nothing))];
    }

    /// <summary>What a person would say: one value alone, more with their names.</summary>
    public static string NameOf(IReadOnlyDictionary<string, string> differs, string otherwise) => differs.Count switch
    {
        0 => otherwise,
        1 when differs.First() is var (name, value) => name == Seed ? $"seed {value}" : value,
        _ => string.Join(", ", differs.Select(trait => $"{trait.Key} {trait.Value}")),
    };

    // In the order of a reader's interest.
    private static IEnumerable<(string Name, string Value)> TraitsOf(RunDescription run)
    {
        foreach ((string name, string value) in run.Variant)
            yield return (name, value);
        foreach ((string name, string value) in run.Target)
            yield return (name, value);
        yield return ("environment", run.Environment);
        yield return ("load", string.Join(", ", run.Load.Select(l => $"{l.Scenario} {(l.Users is { } users ? $"{users} users" : $"{Written.Number(l.RatePerSecond)}/s")} {l.Shape}")));
        yield return ("faults", FaultsOf(run));
        yield return ("timeline", string.Join(", ", run.Timeline.Select(p => $"{Written.Word(p.Phase)} {Written.Duration(p.Duration)}")));
        yield return ("commit", run.Commit is { Length: > 12 } commit ? commit[..12] : run.Commit ?? "");
        yield return ("machine", $"{run.Machine.Processors} × {run.Machine.Architecture}");
        yield return (Seed, run.Seed.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What was put wrong, <c>partition payments -> redis</c>.</summary>
    public static string FaultsOf(RunDescription run) =>
        string.Join("; ", run.Faults.Select(f => $"{f.Kind} {string.Join(", ", [.. f.Edges, .. f.Parts])}{string.Concat(f.Parameters.Select(p => $" {p.Key} {p.Value}"))}".Trim()));
}
