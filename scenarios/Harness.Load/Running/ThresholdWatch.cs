namespace Harness.Load.Running;

/// <summary>Looks at the thresholds of a run once a second, and once more at its end. One thread at a time.</summary>
internal sealed class ThresholdWatch(IReadOnlyList<ScenarioProps> scenarios)
{
    private readonly List<Watched> _watched =
        [.. scenarios.SelectMany(scenario => scenario.Thresholds.Select(threshold => new Watched(scenario.ScenarioName, threshold)))];

    public bool HasAny => _watched.Count > 0;

    public IReadOnlyList<ThresholdResult> Results => [.. _watched.Select(watched => watched.Result)];

    /// <returns>Why the run is to end; null when it may go on.</returns>
    public string? Look(IReadOnlyList<ScenarioResult> results, TimeSpan elapsed)
    {
        string? abort = null;
        foreach (Watched watched in _watched)
        {
            ScenarioInterval total = results.Single(result => result.Scenario == watched.Scenario).Total;
            abort = watched.Look(ScenarioStats.Of(total, elapsed)) ?? abort;
        }

        return abort;
    }

    private sealed class Watched(string scenario, Threshold threshold)
    {
        public string Scenario => scenario;

        // Until it was looked at once, nothing says that it holds.
        public ThresholdResult Result { get; private set; } =
            new(scenario, threshold.StepName, threshold.CheckExpression, null, 0, IsFailed: true);

        public string? Look(ScenarioStats stats)
        {
            if (stats.Duration < threshold.StartCheckAfter)
                return null;
            (bool holds, string? thrown) = Check(stats);
            int errors = Result.ErrorCount + (holds ? 0 : 1);
            Result = Result with { ErrorCount = errors, IsFailed = !holds, ExceptionMsg = thrown };
            return errors >= threshold.AbortWhenErrorCount
                ? $"threshold '{threshold.CheckExpression}' of scenario '{scenario}' did not hold in {errors} looks"
                : null;
        }

        // A check is the user's code: when it throws, it does not hold, and the result says why.
        private (bool Holds, string? Thrown) Check(ScenarioStats stats)
        {
            try
            {
                return (threshold.Holds(stats), null);
            }
            catch (Exception thrown)
            {
                return (false, thrown.Message);
            }
        }
    }
}
