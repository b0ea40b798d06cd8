namespace Harness.Checks.Linearizability;

/// <summary>A number that is added to. The state is the number.</summary>
internal readonly struct CounterModel : ISequentialModel
{
    public long Initial => 0;

    public bool TryStep(long state, in Step step, out long next)
    {
        next = step.Code == StepCode.Add ? state + step.A : state;
        return step.Code == StepCode.Add || state == step.A;
    }
}
