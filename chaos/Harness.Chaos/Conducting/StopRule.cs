using Harness.Chaos.Experiments;
using Harness.Load;

namespace Harness.Chaos.Conducting;

/// <summary>Watches one stop condition, second by second.</summary>
internal sealed class StopRule(StopCondition condition)
{
    private int _secondsBelow;
    private long _failures;

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

        return condition switch
        {
            AvailabilityStop limit => After(limit, ok, completed, open),
            FailuresStop limit => After(limit, ok, completed),
            _ => throw new InvalidOperationException($"There is no rule for {condition}."),
        };
    }

    private string? After(AvailabilityStop limit, long ok, long completed, long open)
    {
        if (completed == 0 && open == 0)
            return null;
        double ratio = completed == 0 ? 0 : (double)ok / completed;
        _secondsBelow = ratio < limit.BelowRatio ? _secondsBelow + 1 : 0;
        return _secondsBelow >= limit.Over.TotalSeconds
            ? $"availability of {limit.Scenario} was {ratio:0.###}, below {limit.BelowRatio}, for {Units.Text(limit.Over)}"
            : null;
    }

    private string? After(FailuresStop limit, long ok, long completed)
    {
        _failures = ok > 0 ? 0 : _failures + completed;
        return _failures >= limit.Consecutive ? $"{_failures} iterations of {limit.Scenario} failed one after the other" : null;
    }
}
