namespace Harness.Chaos.Faults;

/// <summary>A fault could not be taken away again; the message says what is still wrong.</summary>
public sealed class HealingException(string fault, IReadOnlyList<Exception> failures)
    : Exception(
        $"The fault {fault} could not be healed: {string.Join("; ", failures.Select(failure => failure.Message))}",
        new AggregateException(failures));
