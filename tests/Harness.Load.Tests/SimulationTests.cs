using System.Globalization;
using CsCheck;

namespace Harness.Load.Tests;

public sealed class SimulationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Milliseconds of every arrival. Changing one of these lines changes what a seed means: old runs could not be repeated.
    public static TheoryData<string, int, LoadSimulation[], string> Plans { get; } = new()
    {
        { "even: the first at once, the last before the end", 1, [Simulation.Constant(4, Second)], "0 250 500 750" },
        { "a fraction of one a second", 1, [Simulation.Constant(0.4, 6 * Second)], "0 2500 5000" },
        { "a rate that no double holds is not one too many", 1, [Simulation.Constant(0.1, 10 * Second)], "0" },
        { "NBomber's inject is even too", 1, [Simulation.Inject(2, Second / 2, Second)], "0 250 500 750" },
        { "a ramp from nothing", 1, [Simulation.RampingInject(4, Second, 2 * Second)], "0 1000 1414.2136 1732.0508" },
        {
            "a ramp goes on from the rate before", 1,
            [Simulation.Constant(4, Second), Simulation.RampingInject(4, Second, Second)], "0 250 500 750 1000 1250 1500 1750"
        },
        {
            "a pause moves what follows", 1,
            [Simulation.Constant(1, Second), Simulation.Pause(Second), Simulation.Constant(1, Second)], "0 2000"
        },
        {
            "poisson, seed 1", 1, [Simulation.Poisson(10, Second)],
            "104.2948 202.5734 386.298 447.4179 712.0518 858.8977 871.5191 891.7507"
        },
        {
            "poisson, seed 2", 2, [Simulation.Poisson(10, Second)],
            "160.6592 205.5146 287.7796 315.7484 336.5066 657.4596 668.219 713.5217 751.6005 862.091 926.4429"
        },
        {
            "a number drawn for each second", 1, [Simulation.InjectRandom(1, 3, Second, 3 * Second)],
            "0 500 1000 1500 2000 2333.3333 2666.6667"
        },
        {
            "closed: one virtual user after the other", 1,
            [Simulation.KeepConstant(2, Second), Simulation.RampingConstant(4, Second)], "0#0 0#1 1000#0 1000#1 1500#2"
        },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Plans_the_same_moments_for_ever(string why, int seed, LoadSimulation[] simulations, string milliseconds)
    {
        Assert.NotEmpty(why);
        Assert.Equal(milliseconds, Plan(seed, simulations));
    }

    [Fact]
    public void Gives_each_scenario_and_each_part_its_own_poisson_arrivals()
    {
        LoadSimulation part = Simulation.Poisson(10, Second);
        ScenarioProps scenario = Scenario.Create("a", _ => Task.FromResult<IResponse>(Response.Ok()));

        TimeSpan[] first = Dues(scenario.WithLoadSimulations(part, part));
        TimeSpan[] other = Dues(Scenario.Create("b", _ => Task.FromResult<IResponse>(Response.Ok())).WithLoadSimulations(part));

        Assert.NotEqual(first.Where(due => due < Second), other);
        Assert.NotEqual(first.Where(due => due < Second), first.Where(due => due >= Second).Select(due => due - Second));
    }

    [Fact]
    public void Keeps_the_rate_and_the_spread_of_a_poisson_process()
    {
        TimeSpan[] dues = Dues(Create(Simulation.Poisson(200, 100 * Second)));
        double[] gaps = [.. dues.Zip(dues.Skip(1), (a, b) => (b - a).TotalSeconds)];
        double mean = gaps.Average();
        double deviation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean)));

        Assert.InRange(dues.Length, 19_500, 20_500);
        Assert.InRange(deviation / mean, 0.97, 1.03);
    }

    [Fact]
    public void Plans_only_ascending_moments_within_the_time_it_lasts() =>
        Gen.Select(Gen.Double[0.01, 5_000], Gen.Int[1, 5_000], Gen.Int[0, 1000], Gen.Bool).Sample((rate, lasting, seed, poisson) =>
        {
            TimeSpan during = TimeSpan.FromMilliseconds(lasting);
            LoadSimulation simulation = poisson ? Simulation.Poisson(rate, during) : Simulation.Constant(rate, during);
            TimeSpan[] dues = Dues(Create(simulation), seed);

            Assert.All(dues, due => Assert.InRange(due, TimeSpan.Zero, during));
            Assert.Equal(dues.Order(), dues);
            if (!poisson)
                Assert.Equal((long)Math.Ceiling(rate * during.TotalSeconds - 5e-7), dues.Length);
        }, iter: 200);

    [Fact]
    public void Names_every_problem_with_the_value_seen()
    {
        LoadRun run = LoadRunner.RegisterScenarios(
            Create(Simulation.Constant(-3, Second)),
            Create(Simulation.Poisson(double.NaN, TimeSpan.Zero), Simulation.KeepConstant(-1, Second)),
            Scenario.Create("idle", _ => Task.FromResult<IResponse>(Response.Ok())));

        string problems = string.Join("\n", run.Problems());

        Assert.Contains("a rate of -3/s", problems, StringComparison.Ordinal);
        Assert.Contains("a rate of NaN/s", problems, StringComparison.Ordinal);
        Assert.Contains("lasts 00:00:00", problems, StringComparison.Ordinal);
        Assert.Contains("-1 copies", problems, StringComparison.Ordinal);
        Assert.Contains("2 scenarios are called 'test'", problems, StringComparison.Ordinal);
        Assert.Contains("'idle' has no load simulation", problems, StringComparison.Ordinal);
    }

    private static ScenarioProps Create(params LoadSimulation[] simulations) =>
        Scenario.Create("test", _ => Task.FromResult<IResponse>(Response.Ok())).WithLoadSimulations(simulations);

    private static TimeSpan[] Dues(ScenarioProps scenario, int seed = 1) =>
        [.. new ScenarioPlan(scenario, (ulong)seed).Arrivals().Select(arrival => arrival.Due)];

    private static string Plan(int seed, LoadSimulation[] simulations) => string.Join(' ', new ScenarioPlan(Create(simulations), (ulong)seed)
        .Arrivals().Select(arrival => string.Create(
            CultureInfo.InvariantCulture, $"{arrival.Due.TotalMilliseconds}{(arrival.Copy is { } copy ? $"#{copy}" : "")}")));
}
