using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Experiments;

/// <summary>The YAML of an experiment, with that of the file it extends laid under it.</summary>
/// <param name="Root">Its keys and values; null when there are none to be had.</param>
/// <param name="Source">As it was written, each file that was extended below it.</param>
internal sealed record ExperimentDocument(YamlMappingNode? Root, string Source)
{
    private const string Extends = "extends";

    /// <param name="yaml">The text.</param>
    /// <param name="file">Names it in problems; what it extends is looked for beside it.</param>
    /// <param name="problems">Gathers what is wrong.</param>
    /// <param name="shipped">The file of an experiment that ships, by name; null when there is none.</param>
    public static ExperimentDocument Load(string yaml, string file, ProblemList problems, Func<string, string?> shipped) =>
        Load(yaml, file, problems, shipped, [Path.GetFullPath(file)]);

    private static ExperimentDocument Load(string yaml, string file, ProblemList problems, Func<string, string?> shipped, HashSet<string> seen)
    {
        if (Parse(yaml, file, problems) is not { } root)
            return new ExperimentDocument(null, yaml);
        if (!root.Children.TryGetValue(new YamlScalarNode(Extends), out YamlNode? named))
            return new ExperimentDocument(root, yaml);
        root.Children.Remove(new YamlScalarNode(Extends));
        if (named is not YamlScalarNode { Value: { Length: > 0 } name })
        {
            problems.Add(named, $"{Extends}: needs the path of a file, or the name of an experiment that ships");
            return new ExperimentDocument(root, yaml);
        }

        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "", name);
        string? path = new[] { beside, beside + ".yaml" }.FirstOrDefault(File.Exists) ?? shipped(name);
        if (path is null || !seen.Add(Path.GetFullPath(path)))
        {
            problems.Add(named, path is null
                ? $"{Extends}: '{name}' is neither a file beside this one nor an experiment that ships"
                : $"{Extends}: '{name}' extends itself in the end");
            return new ExperimentDocument(root, yaml);
        }

        return Under(root, yaml, path, problems, shipped, seen);
    }

    private static ExperimentDocument Under(
        YamlMappingNode root, string yaml, string path, ProblemList problems, Func<string, string?> shipped, HashSet<string> seen)
    {
        try
        {
            ExperimentDocument below = Load(File.ReadAllText(path), path, problems, shipped, seen);
            if (below.Root is not null)
                Lay(below.Root, root, path, problems);
            return new ExperimentDocument(root, $"{yaml.TrimEnd()}\n\n# extends {Path.GetFileName(path)}:\n{below.Source}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(path, 0, 0, error.Message);
            return new ExperimentDocument(root, yaml);
        }
    }

    /// <summary>Mappings are joined key by key; anything else that the upper one says takes the place of what the lower one says.</summary>
    private static void Lay(YamlMappingNode lower, YamlMappingNode upper, string path, ProblemList problems)
    {
        foreach ((YamlNode key, YamlNode value) in lower.Children)
        {
            if (!upper.Children.TryGetValue(key, out YamlNode? said))
            {
                problems.StandsIn(key, path);
                problems.StandsIn(value, path);
                upper.Children[key] = value;
            }
            else if (value is YamlMappingNode lowerPart && said is YamlMappingNode upperPart)
            {
                Lay(lowerPart, upperPart, path, problems);
            }
        }
    }

    private static YamlMappingNode? Parse(string yaml, string file, ProblemList problems)
    {
        var parser = new Parser(new StringReader(yaml));
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return root;
            problems.Add(file, 1, 1, "needs exactly one YAML document of keys and values, beginning with name:");
        }
        catch (YamlException error)
        {
            problems.Add(file, error.Start.Line, error.Start.Column, $"is not YAML: {error.Message}");
        }
        catch (InvalidOperationException)
        {
            // The scanner gives up this way on a list or mapping that is never closed.
            Mark last = parser.Current?.End ?? Mark.Empty;
            problems.Add(file, last.Line, last.Column, "is not YAML: a list or mapping that begins about here is never closed");
        }

        return null;
    }
}
