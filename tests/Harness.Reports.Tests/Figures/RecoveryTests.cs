using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports.Tests.Figures;

public sealed class RecoveryTests
{
    private const int Good = 100;
    private const int Bad = 50;

    // Ten seconds of baseline, five of fault, then recovery; each number is what was ok of a hundred in that second.
    private static readonly int[] Baseline = [.. Enumerable.Repeat(Good, 10)];

    [Fact]
    public void Is_felt_at_the_end_of_the_first_bad_second_of_two()
    {
        Recovery recovery = Of([.. Baseline, Good, Bad, Bad, Bad, Bad, Good, Good, Good]);

        Assert.Equal((2, 0), (recovery.FeltAfter!.Value.TotalSeconds, recovery.WellAfter!.Value.TotalSeconds));
    }

    [Fact]
    public void Is_well_where_three_good_seconds_begin()
    {
        Recovery recovery = Of([.. Baseline, Bad, Bad, Bad, Bad, Bad, Bad, Good, Good, Bad, Good, Good, Good]);

        Assert.Equal(4, recovery.WellAfter!.Value.TotalSeconds);
    }

    [Fact]
    public void Is_not_felt_by_one_bad_second()
    {
        Assert.Null(Of([.. Baseline, Good, Bad, Good, Good, Good, Good, Good, Good]).FeltAfter);
    }

    [Fact]
    public void Is_not_well_before_the_record_ends_with_good_seconds() => Assert.Null(Of([.. Baseline, Bad, Bad, Bad, Bad, Bad, Bad, Good, Good]).WellAfter);

    [Fact]
    public void Is_not_well_while_a_fault_was_never_healed() =>
        Assert.Null(Recovery.Of(Run([.. Baseline, Bad, Bad], healed: null)).Single().WellAfter);

    [Fact]
    public void Is_felt_when_nothing_ends_any_more()
    {
        RunFacts facts = Run([.. Baseline, Good, Good, Good, Good], healed: null);
        var stuck = new ScenarioSample { Scenario = "s", Phase = Phase.None, Open = 40 };
        var series = facts.Series.Select((second, i) => i < Baseline.Length ? second : second with { Scenarios = [stuck] });

        Assert.Equal(1, Recovery.Of(facts with { Series = [.. series] }).Single().FeltAfter!.Value.TotalSeconds);
    }

    private static Recovery Of(int[] ok) => Recovery.Of(Run(ok, TimeSpan.FromSeconds(15))).Single();

    private static RunFacts Run(int[] ok, TimeSpan? healed) => SampleRun.Facts() with
    {
        Description = SampleDescription.Of([]) with { Load = [new PlannedLoad("s", "constant", 100)] },
        Latency = [],
        Phases = [new PhaseWindow(Phase.Baseline, TimeSpan.Zero, TimeSpan.FromSeconds(10))],
        Faults = [new FaultWindow("f", TimeSpan.FromSeconds(10), healed, null)],
        Series =
        [
            .. ok.Select((count, i) => new SeriesSample
            {
                At = TimeSpan.FromSeconds(i + 1),
                Scenarios = [new ScenarioSample { Scenario = "s", Phase = Phase.None, Due = 100, Ok = count, Unknown = 100 - count }],
            }),
        ],
    };
}
