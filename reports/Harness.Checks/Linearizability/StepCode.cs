namespace Harness.Checks.Linearizability;

internal enum StepCode
{
    /// <summary>Legal only when the state is <see cref="Step.A"/>.</summary>
    Read,
    Write,

    /// <summary>Legal only when the state is <see cref="Step.A"/>; leaves <see cref="Step.B"/>.</summary>
    Cas,

    /// <summary>Legal only when the state is not <see cref="Step.A"/>.</summary>
    FailedCas,
    Add,
    Append,
}
