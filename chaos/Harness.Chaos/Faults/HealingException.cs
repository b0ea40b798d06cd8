namespace Harness.Chaos.Faults;

/// <summary>A fault could not be taken away again; the message says what is still wrong, and what becomes of it.</summary>
public sealed class HealingException(string fault, IReadOnlyList<Exception> failures)
    : Exception(
        $"The fault {fault} could not be healed: {string.Join("; ", failures.Select(failure => failure.Message))}. "
        + "The run ends here, and what the harness started is taken down with it; of a system of somebody else, ./harness heal --leftovers puts back what can be reached",
        new AggregateException(failures));
