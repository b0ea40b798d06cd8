using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Pacelc;

namespace Harness.Chaos.Tests.Pacelc;

public sealed class TradeoffPlanTests
{
    [Fact]
    public void Cuts_every_link_between_its_groups_and_no_other()
    {
        NamedCut cut = NamedCut.All.First(known => known.Name == "redis");

        Assert.Equal(
            ["inventory -> redis", "orders -> redis", "payments -> redis"],
            cut.Crossing(new LocalEnvironment().Edges).Select(edge => edge.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(["orders", "payments", "inventory"], cut.Majority);
        Assert.Equal("[redis] | [orders, payments, inventory]", cut.Text);
    }

    [Fact]
    public void Has_a_link_to_cut_for_every_name_in_every_environment() => Assert.All(
        from cut in NamedCut.All from kind in new IEnvironmentKind[] { new EmbeddedEnvironment(), new LocalEnvironment() } select cut.Crossing(kind.Edges),
        Assert.NotEmpty);

    [Fact]
    public void Maps_normal_cut_and_healed_to_the_phases_of_an_experiment()
    {
        var plan = new TradeoffPlan { Cut = NamedCut.All[0], Normal = TimeSpan.FromSeconds(5), Partition = TimeSpan.FromSeconds(6), Healing = TimeSpan.FromSeconds(7) };

        Experiment experiment = plan.ExperimentOf(TradeoffMode.All[0], new EmbeddedEnvironment());

        Assert.Equal((5, 6, 7), (experiment.Timeline.Baseline.TotalSeconds, experiment.Timeline.Fault.TotalSeconds, experiment.Timeline.Recovery.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(6), Assert.Single(experiment.Faults).For);
        Assert.Equal("strong", experiment.Target["reads"]);
    }

    [Fact]
    public void Runs_every_mode_once_a_round_in_an_order_that_the_seed_fixes()
    {
        IReadOnlyList<(int Mode, int Round)> order = TradeoffPlan.Order(3, 20, seed: 5);

        Assert.All(order.Chunk(3).Select((round, number) => (round, number)), one =>
        {
            Assert.Equal([0, 1, 2], one.round.Select(run => run.Mode).Order());
            Assert.All(one.round, run => Assert.Equal(one.number, run.Round));
        });
        Assert.True(order.Chunk(3).Select(round => string.Join(',', round.Select(run => run.Mode))).Distinct().Count() > 2);
        Assert.Equal(order, TradeoffPlan.Order(3, 20, seed: 5));
    }

    [Fact]
    public void Uses_only_switches_that_there_are() => Assert.All(TradeoffMode.All.SelectMany(mode => mode.Switches), one =>
        Assert.Contains(one.Value, OrderSystemSwitches.Words[one.Key]));
}
