using System.Globalization;

namespace Harness.Chaos.Benchmarks;

/// <summary>Processor time of processes and all that came from them, as Linux counts it.</summary>
internal static class ProcessTree
{
    // What sysconf(_SC_CLK_TCK) answers on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name, which may itself hold spaces: state is the first of them.
    private const int Parent = 1, User = 11, System = 12, ChildrenUser = 13, ChildrenSystem = 14;

    public static bool CanTell { get; } = Directory.Exists("/proc/self");

    /// <summary>Of all descendants of a process, ended ones included, without the process itself.</summary>
    public static TimeSpan CpuBelow(int processId) => TimeSpan.FromSeconds(TicksBelow(processId, ReadAll()) / TicksPerSecond);

    /// <summary>Of a process and all its descendants, ended ones included, in hundredths of a second.</summary>
    public static double TicksOf(int processId)
    {
        Dictionary<int, long[]> all = ReadAll();
        return TicksBelow(processId, all) + (all.TryGetValue(processId, out long[]? own) ? Ticks(own) : 0);
    }

    private static double TicksBelow(int processId, Dictionary<int, long[]> all)
    {
        ILookup<int, int> children = all.ToLookup(one => (int)one.Value[Parent], one => one.Key);
        double ticks = 0;
        var below = new Queue<int>(children[processId]);
        while (below.TryDequeue(out int id))
        {
            ticks += Ticks(all[id]);
            foreach (int child in children[id])
                below.Enqueue(child);
        }

        return ticks;
    }

    private static long Ticks(long[] fields) => fields[User] + fields[System] + fields[ChildrenUser] + fields[ChildrenSystem];

    private static Dictionary<int, long[]> ReadAll()
    {
        var all = new Dictionary<int, long[]>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Read(folder) is { } fields)
                all[id] = fields;
        }

        return all;
    }

    private static long[]? Read(string folder)
    {
        try
        {
            string line = File.ReadAllText(Path.Combine(folder, "stat"));
            string[] words = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return [.. words.Take(ChildrenSystem + 1).Select((word, i) => i == 0 ? 0 : long.Parse(word, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return null; // It ended while we looked.
        }
    }
}
