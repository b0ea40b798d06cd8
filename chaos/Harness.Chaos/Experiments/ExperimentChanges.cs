namespace Harness.Chaos.Experiments;

/// <summary>What a caller changes in an experiment without touching its file.</summary>
public sealed record ExperimentChanges
{
    /// <summary>Values of variables that the file declares.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>Values to run with in turn, by switch or variable; they take the place of the file's own for that name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Matrix { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
