namespace Harness.Checks.Linearizability;

/// <summary>How one object behaves when nothing happens at once. A state is a number; what it stands for is the model's business.</summary>
internal interface ISequentialModel
{
    long Initial { get; }

    /// <returns>False when the step cannot have happened in this state.</returns>
    bool TryStep(long state, in Step step, out long next);
}
