namespace Harness.Checks.Linearizability;

/// <summary>What kind of object a history is about, and what its words mean there.</summary>
public sealed record SequentialObject
{
    public required ObjectKind Kind { get; init; }

    /// <summary>What a register holds before the first write; null for nil. A key-value text begins empty, a counter at 0.</summary>
    public string? Initial { get; init; }

    /// <summary>A compare-and-set that was refused proves that the register did not hold what was expected. When false it proves
    /// nothing.</summary>
    public bool RefusedCasAsserts { get; init; } = true;

    /// <summary>A read that came back without a value proves nothing. When false it proves that the register held nil.</summary>
    public bool ReadOfNilSaysNothing { get; init; }

    /// <summary>One register for each key: <c>read</c>, <c>write</c>, and <c>cas</c> with a value of <c>[expected new]</c>.</summary>
    public static SequentialObject Register { get; } = new() { Kind = ObjectKind.Register };

    /// <summary>One text for each key: <c>get</c>, <c>put</c>, <c>append</c>.</summary>
    public static SequentialObject KeyValue { get; } = new() { Kind = ObjectKind.KeyValue };

    /// <summary>One number for each key: <c>add</c> (an amount, negative to subtract), <c>read</c>.</summary>
    public static SequentialObject Counter { get; } = new() { Kind = ObjectKind.Counter };
}
