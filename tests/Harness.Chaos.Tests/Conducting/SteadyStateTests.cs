using HdrHistogram;
using Harness.Chaos.Conducting;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Tests.Conducting;

public sealed class SteadyStateTests
{
    private static readonly Expectation[] Expected =
    [
        new AvailabilityExpectation("checkout", "place", Phase.Baseline, 0.99),
        new LatencyExpectation("checkout", null, Phase.Baseline, 0.5m, TimeSpan.FromMilliseconds(100)),
        new AvailabilityExpectation("checkout", null, Phase.Fault, 1),
    ];

    private readonly SteadyState _state = new(Expected);

    [Fact]
    public void Holds_when_everything_expected_of_the_baseline_does()
    {
        _state.Add(Second("baseline", ok: 100, failed: 0, milliseconds: 20));

        Assert.Empty(_state.Broken());
    }

    [Fact]
    public void Says_each_thing_that_does_not_hold_with_its_number()
    {
        _state.Add(Second("baseline", ok: 90, failed: 10, milliseconds: 250));

        Assert.Collection(
            _state.Broken(),
            one => Assert.Equal("availability of checkout/place was 0.9, below 0.99", one),
            one => Assert.StartsWith("p50 of checkout was 250", one, StringComparison.Ordinal));
    }

    [Fact]
    public void Looks_over_the_whole_baseline_not_at_its_last_second()
    {
        _state.Add(Second("baseline", ok: 9_900, failed: 0, milliseconds: 20));
        _state.Add(Second("baseline", ok: 1, failed: 9, milliseconds: 400));

        Assert.Empty(_state.Broken());
    }

    [Fact]
    public void Does_not_look_at_other_phases_and_not_at_what_nobody_has_seen()
    {
        _state.Add(Second("warmup", ok: 0, failed: 100, milliseconds: 900));

        Assert.Empty(_state.Broken());
    }

    private static LoadInterval Second(string phase, long ok, long failed, int milliseconds)
    {
        var took = new LongHistogram(10_000_000, 3);
        took.RecordValueWithCount(milliseconds * 1000L, ok);
        var none = new LongHistogram(10_000_000, 3);
        return new LoadInterval
        {
            StartTimestamp = 0,
            Start = TimeSpan.Zero,
            Length = TimeSpan.FromSeconds(1),
            Scenarios =
            [
                new ScenarioInterval
                {
                    Scenario = "checkout", Phase = phase, Ok = ok, Refused = failed, Errors = new Dictionary<string, long>(),
                    OkResponse = took, FailedResponse = none, Service = took, Lateness = none,
                    Steps = [new StepInterval { Step = "place", Ok = ok, Refused = failed, Errors = new Dictionary<string, long>(), OkLatency = took, FailedLatency = none }],
                },
            ],
        };
    }
}
