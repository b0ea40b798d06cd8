namespace Harness.Checks.Linearizability;

/// <summary>An operation as a model understands it: a code and up to two numbers.</summary>
/// <param name="Code">What to do; each model has its own codes.</param>
/// <param name="A">What is written, added, expected or was read.</param>
/// <param name="B">What a compare-and-set puts in its place.</param>
/// <param name="ReadOnly">It can never change the state, so it may take effect at the first moment at which it is legal.</param>
/// <param name="Blind">What it leaves behind does not depend on the state it found.</param>
internal readonly record struct Step(StepCode Code, long A, long B = 0, bool ReadOnly = false, bool Blind = false)
{
    public static Step Read(long value) => new(StepCode.Read, value, ReadOnly: true);

    public static Step Write(long value) => new(StepCode.Write, value, Blind: true);

    public static Step Cas(long expected, long value) => new(StepCode.Cas, expected, value, ReadOnly: expected == value);

    public static Step FailedCas(long expected) => new(StepCode.FailedCas, expected, ReadOnly: true);

    public static Step Add(long amount) => new(StepCode.Add, amount, ReadOnly: amount == 0);

    public static Step Append(long value) => new(StepCode.Append, value);
}
