namespace Harness.Checks.Linearizability;

/// <summary>A text that is written whole or appended to. The state is the text's number.</summary>
internal readonly struct AppendModel(ValueNumbers texts) : ISequentialModel
{
    public long Initial => texts.NumberOf("");

    public bool TryStep(long state, in Step step, out long next)
    {
        next = step.Code switch
        {
            StepCode.Write => step.A,
            StepCode.Append => texts.Concatenated(state, step.A),
            _ => state,
        };
        return step.Code != StepCode.Read || state == step.A;
    }
}
