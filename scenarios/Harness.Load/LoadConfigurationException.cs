namespace Harness.Load;

/// <summary>A run that cannot be made as described. Nothing was started.</summary>
public sealed class LoadConfigurationException(IReadOnlyList<string> problems)
    : Exception("The load cannot be run: " + string.Join("; ", problems))
{
    /// <summary>Every problem at once, each with the value seen.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
