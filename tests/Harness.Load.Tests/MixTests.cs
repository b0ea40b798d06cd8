namespace Harness.Load.Tests;

/// <summary>One load, shared by several scenarios in proportion to their weights.</summary>
public sealed class MixTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    public static TheoryData<string> Shapes => ["constant", "poisson", "ramp", "random", "replay"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gives_each_arrival_to_exactly_one_scenario(string shape)
    {
        LoadSimulation whole = Of(shape);
        TimeSpan[] all = [.. whole.Arrivals(7).Select(arrival => arrival.Due)];

        TimeSpan[][] shares = [.. Enumerable.Range(0, 3).Select(member => Share(whole, [1, 5, 2], member).Arrivals(seed: 99).Select(arrival => arrival.Due).ToArray())];

        Assert.Equal(all, shares.SelectMany(share => share).Order());
        Assert.InRange((double)shares[1].Length / all.Length, 0.58, 0.67);
        Assert.InRange((double)shares[0].Length / all.Length, 0.10, 0.15);
    }

    [Fact]
    public void Chooses_the_same_for_the_same_seed_and_otherwise_for_another()
    {
        LoadSimulation whole = Of("constant");
        Assert.Equal(Share(whole, [1, 1], 0).Arrivals(1), Share(whole, [1, 1], 0).Arrivals(2));
        Assert.NotEqual(
            new SharedSimulation(whole, new MixShare(1, [1, 1], 0)).Arrivals(1), new SharedSimulation(whole, new MixShare(2, [1, 1], 0)).Arrivals(1));
    }

    [Fact]
    public void Deals_out_virtual_users_as_evenly_as_the_weights_allow()
    {
        SharedSimulation[] shares = [.. Enumerable.Range(0, 2).Select(member => Share(Simulation.KeepConstant(12, Long), [1, 5], member))];

        Assert.Equal([2, 10], shares.Select(share => share.CopiesAt(TimeSpan.Zero)));
        Assert.Equal([0, 1], shares[0].Arrivals(1).Select(arrival => arrival.Copy!.Value));
        Assert.Equal(Enumerable.Range(0, 10), shares[1].Arrivals(1).Select(arrival => arrival.Copy!.Value));
    }

    [Fact]
    public void Keeps_a_ramp_of_users_whole_at_every_moment()
    {
        LoadSimulation ramp = Simulation.RampingConstant(9, Long);
        SharedSimulation[] shares = [.. Enumerable.Range(0, 3).Select(member => Share(ramp, [3, 2, 1], member))];
        for (int minute = 0; minute < 60; minute++)
        {
            TimeSpan at = TimeSpan.FromMinutes(minute);
            Assert.Equal(ramp.CopiesAt(at), shares.Sum(share => share.CopiesAt(at)));
        }
    }

    [Fact]
    public async Task Runs_the_whole_load_once()
    {
        ScenarioProps Named(string name, int weight) => Scenario.Create(name, _ => ValueTask.FromResult<IResponse>(Response.Ok())).WithWeight(weight);

        LoadResult result = await LoadRunner.RegisterScenarios(Named("often", 9), Named("seldom", 1))
            .WithMix(Simulation.Constant(1000, TimeSpan.FromSeconds(0.5)))
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(500, result.AllOkCount);
        Assert.InRange(result.Scenarios[0].Total.Ok, 415, 485);
    }

    [Fact]
    public void Refuses_weights_that_are_none_and_counts_that_cannot_be_shared()
    {
        ScenarioProps scenario = Scenario.Create("one", _ => ValueTask.FromResult<IResponse>(Response.Ok())).WithWeight(0);

        IReadOnlyList<string> problems = LoadRunner.RegisterScenarios(scenario).WithMix(Simulation.IterationsForConstant(2, 10)).Problems();

        Assert.Equal(["scenario 'one' has a weight of 0; it must be 1 or more", "a count of iterations cannot be shared by a mix"], problems);
    }

    private static SharedSimulation Share(LoadSimulation whole, int[] weights, int member) => new(whole, new MixShare(7, weights, member));

    private static LoadSimulation Of(string shape) => shape switch
    {
        "constant" => Simulation.Constant(1, Long),
        "poisson" => Simulation.Poisson(1, Long),
        "ramp" => Simulation.Ramp(0, 2, Long),
        "random" => Simulation.InjectRandom(0, 20, TimeSpan.FromSeconds(10), Long),
        _ => Simulation.Replay(Enumerable.Range(0, 3000).Select(i => TimeSpan.FromSeconds(i * 0.7))),
    };
}
