using Harness.Chaos.Experiments;

namespace Harness.Cli.Running;

/// <summary>Reads <c>--set name=value</c> and <c>--matrix name=a,b</c>; what the names mean, the experiment knows.</summary>
internal static class ChangesReader
{
    public static ExperimentChanges Read(RunSettings settings, ICollection<Problem> problems) => new()
    {
        Set = Pairs("--set", settings.Set, "name=value", problems),
        Matrix = Pairs("--matrix", settings.Matrix, "name=a,b", problems).ToDictionary(
            pair => pair.Key,
            IReadOnlyList<string> (pair) => pair.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    };

    private static Dictionary<string, string> Pairs(string option, IReadOnlyList<string> written, string form, ICollection<Problem> problems)
    {
        var pairs = new Dictionary<string, string>();
        foreach (string text in written)
        {
            if (text.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value])
                problems.Add(new Problem(option, 0, 0, $"'{text}' is not {form}"));
            else if (!pairs.TryAdd(name, value))
                problems.Add(new Problem(option, 0, 0, $"'{name}' is given twice"));
        }

        return pairs;
    }
}
