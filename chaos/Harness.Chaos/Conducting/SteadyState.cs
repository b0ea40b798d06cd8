using System.Globalization;
using Harness.Chaos.Experiments;
using Harness.Load;
using Harness.Records;
using HdrHistogram;

namespace Harness.Chaos.Conducting;

/// <summary>
/// What is expected of the baseline, looked at before the first fault: a system that is not well by itself says nothing about what a fault
/// does to it.
/// </summary>
internal sealed class SteadyState
{
    private const string Baseline = "baseline";
    private readonly List<Expectation> _expectations;
    private readonly Dictionary<(string Scenario, string? Step), Seen> _seen = [];

    /// <param name="expectations">Those of an experiment; the ones about the baseline count.</param>
    public SteadyState(IEnumerable<Expectation> expectations) => _expectations =
    [
        .. expectations.Where(expectation => expectation is AvailabilityExpectation { Phase: Phase.Baseline } or LatencyExpectation { Phase: Phase.Baseline }),
    ];

    /// <summary>Takes a second of the load into account.</summary>
    public void Add(LoadInterval interval)
    {
        lock (_seen)
        {
            foreach (ScenarioInterval scenario in interval.Scenarios.Where(scenario => scenario.Phase == Baseline))
            {
                Of(scenario.Scenario, null).Add(scenario.Ok, scenario.Refused + scenario.Unknown + scenario.Dropped, scenario.Response);
                foreach (StepInterval step in scenario.Steps)
                    Of(scenario.Scenario, step.Step).Add(step.Ok, step.Refused + step.Unknown, step.Latency);
            }
        }
    }

    /// <summary>What does not hold so far, a sentence each; empty when all does. What nobody has seen yet counts as holding.</summary>
    public IReadOnlyList<string> Broken()
    {
        lock (_seen)
            return [.. _expectations.Select(Problem).OfType<string>()];
    }

    private string? Problem(Expectation expectation) => expectation switch
    {
        AvailabilityExpectation wanted when Find(wanted.Scenario, wanted.Step) is { } seen && seen.OkRatio < wanted.MinRatio =>
            string.Create(CultureInfo.InvariantCulture, $"availability of {Name(wanted.Scenario, wanted.Step)} was {seen.OkRatio:0.####}, below {wanted.MinRatio}"),
        LatencyExpectation wanted when Find(wanted.Scenario, wanted.Step) is { } seen && seen.Quantile(wanted.Quantile) is var value && value > wanted.Max =>
            string.Create(CultureInfo.InvariantCulture, $"p{wanted.Quantile * 100:0.##} of {Name(wanted.Scenario, wanted.Step)} was {Units.Text(value)}, above {Units.Text(wanted.Max)}"),
        _ => null,
    };

    private static string Name(string scenario, string? step) => step is null ? scenario : $"{scenario}/{step}";

    private Seen? Find(string scenario, string? step) => _seen.TryGetValue((scenario, step), out Seen? seen) && seen.Completed > 0 ? seen : null;

    private Seen Of(string scenario, string? step)
    {
        if (!_seen.TryGetValue((scenario, step), out Seen? seen))
            _seen[(scenario, step)] = seen = new Seen();
        return seen;
    }

    private sealed class Seen
    {
        private readonly LongHistogram _microseconds = new(3_600_000_000, 3);
        private long _ok;

        public long Completed { get; private set; }

        public double OkRatio => (double)_ok / Completed;

        public void Add(long ok, long failed, HistogramBase microseconds)
        {
            _ok += ok;
            Completed += ok + failed;
            _microseconds.Add(microseconds);
        }

        public TimeSpan Quantile(decimal quantile) => TimeSpan.FromMicroseconds(_microseconds.GetValueAtPercentile((double)(quantile * 100)));
    }
}
