using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults.Network;

namespace Harness.Chaos.Pacelc;

/// <summary>How long each phase of every run lasts, and which links are cut.</summary>
public sealed record TradeoffPlan
{
    private const double OrdersPerSecond = 20;
    private const double ReadsPerSecond = 100;
    private const double PricesPerSecond = 20;

    public required NamedCut Cut { get; init; }

    /// <summary>N.</summary>
    /// <value>Default 15 s.</value>
    public TimeSpan Normal { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>P.</summary>
    /// <value>Default 15 s.</value>
    public TimeSpan Partition { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>H: longer than the time to live of a cached product (10 s) and the five seconds for which agreement must last.</summary>
    /// <value>Default 20 s.</value>
    public TimeSpan Healing { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The experiment that a mode is run as: N is the baseline, P the fault, H the recovery, and Q the settling and its audit.</summary>
    public Experiment ExperimentOf(TradeoffMode mode, IEnvironmentKind environment) => new()
    {
        Name = $"pacelc-{mode.Name}",
        Hypothesis = $"What {mode.Name} gives up while {Cut.Text} cannot reach each other.",
        Target = mode.Switches,
        Variant = new Dictionary<string, string> { ["mode"] = mode.Name },
        Load =
        [
            new LoadStream("checkout", ArrivalShape.Poisson, OrdersPerSecond),
            new LoadStream("browse", ArrivalShape.Poisson, ReadsPerSecond),
            new LoadStream("reprice", ArrivalShape.Poisson, PricesPerSecond),
        ],
        Timeline = new Timeline { Baseline = Normal, Fault = Partition, Recovery = Healing },
        Faults = [new PartitionFault { Name = $"cut-{Cut.Name}", Edges = Cut.Crossing(environment.Edges), At = TimeSpan.Zero, For = Partition }],
    };

    /// <summary>Each round runs every mode once, in an order of its own, so that what the machine does over time hits all alike.</summary>
    /// <param name="modes">How many.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="seed">Fixes the order.</param>
    /// <returns>Of each run the place of its mode and its round, both counted from 0.</returns>
    public static IReadOnlyList<(int Mode, int Round)> Order(int modes, int rounds, int seed)
    {
        var random = new Random(seed);
        var order = new List<(int, int)>();
        for (int round = 0; round < rounds; round++)
        {
            int[] drawn = [.. Enumerable.Range(0, modes)];
            random.Shuffle(drawn);
            order.AddRange(drawn.Select(mode => (mode, round)));
        }

        return order;
    }

    /// <summary>The most that so many runs can take: the load, half a minute to settle, and ten seconds to start and end.</summary>
    public TimeSpan LongestFor(int runs)
    {
        var timeline = new Timeline();
        return (timeline.Warmup + Normal + Partition + Healing + timeline.Settle + TimeSpan.FromSeconds(10)) * runs;
    }
}
