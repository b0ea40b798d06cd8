using Harness.Chaos.Experiments;

namespace Harness.Cli.Running;

/// <summary>Finds the files behind what the user named: a file, a folder of them, or the name of one that ships, or of a suite of those.</summary>
internal static class ExperimentFiles
{
    private const string Pattern = "*.yaml";
    private const string HuntFolder = "hunt";

    /// <summary>The names of the experiments that ship.</summary>
    public static IReadOnlyList<string> Shipped =>
        [.. Directory.EnumerateFiles(Installation.Experiments, Pattern).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The names of those that show planted bugs, <c>hunt/short-stock</c>; without a bug they hold like the others.</summary>
    public static IReadOnlyList<string> Hunted => In(HuntFolder);

    /// <summary>The suites that ship: experiments that belong together, and are run together by the name of their folder.</summary>
    public static IReadOnlyList<string> Suites =>
        [.. Directory.EnumerateDirectories(Installation.Experiments).Select(folder => Path.GetFileName(folder)).Where(name => name != HuntFolder).Order(StringComparer.Ordinal)];

    /// <summary>The names of the experiments of a suite, <c>patterns/breaker</c>.</summary>
    public static IReadOnlyList<string> In(string suite) =>
        [.. Directory.EnumerateFiles(Path.Combine(Installation.Experiments, suite), Pattern).Select(file => $"{suite}/{Path.GetFileNameWithoutExtension(file)}").Order(StringComparer.Ordinal)];

    /// <summary>Whether an experiment of that name ships.</summary>
    public static bool Ships(string name) => Shipped.Contains(name) || Hunted.Contains(name) || Suites.Any(suite => In(suite).Contains(name));

    public static string PathOf(string shipped) => Path.Combine(Installation.Experiments, shipped + ".yaml");

    /// <summary>The files of one argument, in a stable order; a problem when there is none.</summary>
    public static IReadOnlyList<string> Find(string argument, ICollection<Problem> problems)
    {
        if (File.Exists(argument))
            return [argument];
        if (Directory.Exists(argument))
        {
            string[] files = [.. Directory.EnumerateFiles(argument, Pattern).Order(StringComparer.Ordinal)];
            if (files.Length == 0)
                problems.Add(new Problem(argument, 0, 0, $"the folder holds no {Pattern}"));
            return files;
        }

        if (Ships(argument))
            return [PathOf(argument)];
        if (Suites.Contains(argument))
            return [.. In(argument).Select(PathOf)];
        problems.Add(new Problem(argument, 0, 0, $"is neither a file, a folder nor an experiment or suite that ships; {NearestName.Hint(argument, [.. Shipped, .. Hunted, .. Suites, .. Suites.SelectMany(In)])}"));
        return [];
    }
}
