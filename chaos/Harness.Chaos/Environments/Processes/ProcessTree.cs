using System.Globalization;

namespace Harness.Chaos.Environments.Processes;

/// <summary>A process and everything it started, as the system tells it now. Linux only.</summary>
internal static class ProcessTree
{
    /// <summary>Whether this system can tell.</summary>
    public static bool IsKnown => Directory.Exists("/proc/self");

    /// <summary>The process and its descendants, parents before children; those that have ended are not among them.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        ILookup<int, int> children = Parents().ToLookup(one => one.Parent, one => one.Id);
        var tree = new List<int> { root };
        for (int i = 0; i < tree.Count; i++)
            tree.AddRange(children[tree[i]]);
        return tree;
    }

    /// <summary>The letter by which the system calls what the process is doing: <c>T</c> is stopped, <c>Z</c> ended and not yet buried; null when it is gone.</summary>
    public static char? StateOf(int id) => Fields(id) is [var state, ..] ? state[0] : null;

    /// <summary>When it was started, in ticks since the machine was; null when it is gone, or dead and not yet buried.</summary>
    public static string? BirthOf(int id) => Fields(id) is [not "Z", ..] fields ? fields[19] : null;

    private static IEnumerable<(int Id, int Parent)> Parents()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && Fields(id) is [not "Z", var parent, ..])
            {
                yield return (id, int.Parse(parent, CultureInfo.InvariantCulture));
            }
        }
    }

    // The name of the program stands in brackets and may hold anything, brackets and blanks too; what follows the last one is regular.
    private static string[]? Fields(int id)
    {
        try
        {
            string line = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
