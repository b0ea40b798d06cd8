using System.Globalization;

namespace Harness.Load.Tests.Arrivals;

/// <summary>When arrivals are due, for each shape and seed, as files that are kept: a change of one tick anywhere shows.</summary>
public sealed class GoldenArrivalsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly (string Name, LoadSimulation[] Simulations)[] Shapes =
    [
        ("constant", [Simulation.Constant(50, 2 * Second)]),
        ("slow", [Simulation.Constant(0.3, 20 * Second)]),
        ("fraction", [Simulation.Constant(33.3, 2 * Second)]),
        ("poisson", [Simulation.Poisson(50, 2 * Second)]),
        ("ramp", [Simulation.Ramp(0, 60, 3 * Second)]),
        ("steps", [Simulation.Steps(10, 40, 4, 4 * Second)]),
        ("spike", [Simulation.Spike(10, 100, Second, 0.5 * Second, 3 * Second)]),
        ("sine", [Simulation.Sine(30, 20, 2 * Second, 4 * Second)]),
        ("random", [Simulation.InjectRandom(0, 30, Second, 5 * Second)]),
        ("replay", [Simulation.Replay([0.5 * Second, 0.25 * Second, 0.25 * Second])]),
        ("closed", [Simulation.RampingConstant(5, Second), Simulation.KeepConstant(5, Second), Simulation.RampingConstant(2, Second)]),
        ("day", [Simulation.RampingInject(40, Second, Second), Simulation.Pause(Second), Simulation.Poisson(Simulation.Sine(20, 20, Second, 2 * Second))]),
    ];

    public static TheoryData<string, int> Cases { get; } = AllCases();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Are_due_when_they_always_were(string shape, int seed)
    {
        string due = string.Concat(Arrivals(shape, seed).Select(arrival => arrival.Copy is { } copy
            ? string.Create(CultureInfo.InvariantCulture, $"{arrival.Due.Ticks} user {copy}\n")
            : string.Create(CultureInfo.InvariantCulture, $"{arrival.Due.Ticks}\n")));

        Golden.Matches($"{shape}-{seed}.txt", due);
    }

    [Theory]
    [InlineData("poisson")]
    [InlineData("random")]
    [InlineData("day")]
    public void Depend_on_the_seed_where_chance_decides(string shape) => Assert.NotEqual(Arrivals(shape, 1), Arrivals(shape, 2));

    private static List<Arrival> Arrivals(string shape, int seed) => [.. new ScenarioPlan(
        Scenario.Create("golden", _ => Task.FromResult<IResponse>(Response.Ok())).WithLoadSimulations(Shapes.Single(known => known.Name == shape).Simulations),
        (ulong)seed).Arrivals()];

    private static TheoryData<string, int> AllCases()
    {
        var cases = new TheoryData<string, int>();
        foreach ((string name, _) in Shapes)
        {
            cases.Add(name, 1);
            cases.Add(name, 2);
        }

        return cases;
    }
}
