using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Experiments;

/// <summary>Values by name that a file may use as <c>${name}</c> anywhere in a value.</summary>
internal sealed partial class Variables(IReadOnlyDictionary<string, string> values)
{
    public static Variables None { get; } = new(new Dictionary<string, string>());

    /// <summary>The text of a value with every variable in it replaced; one that is not there is a problem.</summary>
    public string? Expand(YamlScalarNode node, ProblemList problems) => node.Value is { } text && text.Contains("${", StringComparison.Ordinal)
        ? Use().Replace(text, use => Find(use.Groups[1].Value, node, problems))
        : node.Value;

    private string Find(string name, YamlScalarNode node, ProblemList problems)
    {
        if (values.TryGetValue(name, out string? value))
            return value;
        problems.AddLast(node, $"there is no variable '{name}'; {NearestName.Hint(name, values.Keys)}");
        return "0";
    }

    [GeneratedRegex(@"\$\{([^}]*)\}")]
    private static partial Regex Use();
}
