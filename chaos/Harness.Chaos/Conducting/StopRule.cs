using Harness.Chaos.Experiments;
using Harness.Load;

namespace Harness.Chaos.Conducting;

/// <summary>Watches one stop condition, second by second.</summary>
internal sealed class StopRule(StopCondition condition)
{
    private int _secondsBelow;

    /// <summary>Takes one second's completions into account.</summary>
    /// <returns>A sentence when the condition holds now; null otherwise. A second in which nothing was
    /// completed counts as one without availability while something is open, as when the system stands still, and else says nothing either way.</returns>
    public string? After(IReadOnlyList<ScenarioInterval> second)
    {
        long ok = 0, completed = 0, open = 0;
        foreach (ScenarioInterval interval in second.Where(interval => interval.Scenario == condition.Scenario))
        {
            ok += interval.Ok;
            completed += interval.Ok + interval.Refused + interval.Unknown + interval.Dropped;
            open += interval.Open;
        }

        if (completed == 0 && open == 0)
            return null;
        double ratio = completed == 0 ? 0 : (double)ok / completed;
        _secondsBelow = ratio < condition.BelowRatio ? _secondsBelow + 1 : 0;
        return _secondsBelow >= condition.Over.TotalSeconds
            ? $"availability of {condition.Scenario} was {ratio:0.###}, below {condition.BelowRatio}, for {Units.Text(condition.Over)}"
            : null;
    }
}
