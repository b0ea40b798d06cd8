namespace Harness.Checks.Linearizability;

/// <summary>Knows how long what a crashed step would leave behind can still be seen. A crashed write whose value nobody reads any more is
/// never worth trying.</summary>
internal sealed class LastSeen
{
    private readonly Dictionary<long, int> _lastSeen = [];
    private readonly int _lastFailedCas;
    private readonly int _never = -1;
    private readonly int _always;
    private readonly bool _everythingStays;

    public LastSeen(TimedStep[] steps, TimedStep[] crashed, TimeSpan[] returns)
    {
        _always = returns.Length;
        _lastFailedCas = _never;

        // What was appended to is still there behind what is read later.
        _everythingStays = steps.Concat(crashed).Any(s => s.Step.Code == StepCode.Append);
        foreach (TimedStep step in steps)
        {
            int level = SearchPlanner.LevelOf(step.Returned!.Value, returns);

            // Several may return at one time; the last of them is a level further on.
            while (level + 1 < returns.Length && returns[level + 1] == step.Returned)
                level++;

            if (step.Step.Code == StepCode.FailedCas)
                _lastFailedCas = Math.Max(_lastFailedCas, level);
            else if (step.Step.Code is StepCode.Read or StepCode.Cas)
                _lastSeen[step.Step.A] = Math.Max(_lastSeen.GetValueOrDefault(step.Step.A, _never), level);
        }

        foreach (TimedStep step in crashed.Where(s => s.Step.Code == StepCode.Cas))
            _lastSeen[step.Step.A] = _always;
    }

    public int LevelOf(in Step step) => _everythingStays ? _always : step.Code switch
    {
        StepCode.Write => Math.Max(_lastSeen.GetValueOrDefault(step.A, _never), _lastFailedCas),
        StepCode.Cas => Math.Max(_lastSeen.GetValueOrDefault(step.B, _never), _lastFailedCas),
        _ => _always,
    };
}
