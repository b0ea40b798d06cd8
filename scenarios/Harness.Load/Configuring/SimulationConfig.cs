namespace Harness.Load.Configuring;

/// <summary>Reads <c>{ "Inject": [100, "00:00:01", "00:00:30"] }</c>.</summary>
internal static class SimulationConfig
{
    private static readonly Dictionary<string, Func<Row, LoadSimulation?>> Kinds = new()
    {
        ["Inject"] = row => row is { Rate: { } rate, Interval: { } interval, Last: { } during } ? Simulation.Inject(rate, interval, during) : null,
        ["RampingInject"] = row => row is { Rate: { } rate, Interval: { } interval, Last: { } during } ? Simulation.RampingInject(rate, interval, during) : null,
        ["InjectRandom"] = row => row.InjectRandom(),
        ["KeepConstant"] = row => row is { Rate: { } copies, Second: { } during } ? Simulation.KeepConstant(copies, during) : null,
        ["RampingConstant"] = row => row is { Rate: { } copies, Second: { } during } ? Simulation.RampingConstant(copies, during) : null,
        ["IterationsForConstant"] = row => row.IterationsForConstant(),
        ["IterationsForInject"] = row => row.IterationsForInject(),
        ["Pause"] = row => row.Pause(),
    };

    private static readonly Dictionary<string, int> Lengths = new()
    {
        ["Inject"] = 3, ["RampingInject"] = 3, ["InjectRandom"] = 4, ["KeepConstant"] = 2, ["RampingConstant"] = 2,
        ["IterationsForConstant"] = 2, ["IterationsForInject"] = 3, ["Pause"] = 1,
    };

    /// <summary>Null, and problems, when it cannot be read.</summary>
    public static LoadSimulation? Read(ConfigNode node)
    {
        string[] names = [.. node.Names];
        if (names is not [var name] || !Kinds.TryGetValue(name, out Func<Row, LoadSimulation?>? read))
        {
            node.Add($"is no load simulation; there is {string.Join(", ", Kinds.Keys)}");
            return null;
        }

        ConfigNode? values = node.Member(name);
        IReadOnlyList<ConfigNode> row = name == "Pause" && values is not null ? [values] : values?.Items() ?? [];
        if (row.Count == Lengths[name])
            return read(new Row(row));
        node.Add($"has {row.Count} values; {name} takes {Lengths[name]}");
        return null;
    }

    /// <summary>The values of a simulation, in order.</summary>
    private sealed class Row(IReadOnlyList<ConfigNode> values)
    {
        public int? Rate => values[0].Whole();

        public TimeSpan? Interval => values[1].Time();

        public TimeSpan? Second => values[1].Time();

        public TimeSpan? Last => values[2].Time();

        public LoadSimulation? Pause() => values[0].Time() is { } during ? Simulation.Pause(during) : null;

        public LoadSimulation? InjectRandom() =>
            values[0].Whole() is { } least && values[1].Whole() is { } most && values[2].Time() is { } interval && values[3].Time() is { } during
                ? Simulation.InjectRandom(least, most, interval, during)
                : null;

        public LoadSimulation? IterationsForConstant() =>
            values[0].Whole() is { } copies && values[1].Whole() is { } iterations ? Simulation.IterationsForConstant(copies, iterations) : null;

        public LoadSimulation? IterationsForInject() =>
            values[0].Whole() is { } rate && values[1].Time() is { } interval && values[2].Whole() is { } iterations
                ? Simulation.IterationsForInject(rate, interval, iterations)
                : null;
    }
}
