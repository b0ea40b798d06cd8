namespace Harness.Chaos.Experiments;

/// <summary>The names that an experiment may use; what is known elsewhere is handed in, so that this project need not know orders or checks.</summary>
public sealed record Vocabulary
{
    /// <summary>Scenarios that can be loaded.</summary>
    public required IReadOnlyCollection<string> Scenarios { get; init; }

    /// <summary>Steps that an expectation may name, by scenario; a scenario that is missing here is not checked.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Steps { get; init; } = new Dictionary<string, IReadOnlyCollection<string>>();

    /// <summary>Checks that can be asked for.</summary>
    public required IReadOnlyCollection<string> Checks { get; init; }
}
