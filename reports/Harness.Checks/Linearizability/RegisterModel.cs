namespace Harness.Checks.Linearizability;

/// <summary>A register with compare-and-set. The state is its value's number.</summary>
internal readonly struct RegisterModel(long initial) : ISequentialModel
{
    public long Initial => initial;

    public bool TryStep(long state, in Step step, out long next)
    {
        switch (step.Code)
        {
            case StepCode.Write:
                next = step.A;
                return true;
            case StepCode.Cas:
                next = step.B;
                return state == step.A;
            case StepCode.FailedCas:
                next = state;
                return state != step.A;
            default:
                next = state;
                return state == step.A;
        }
    }
}
