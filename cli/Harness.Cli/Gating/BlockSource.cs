using Harness.Chaos.Environments;
using Harness.Reports.Gates;
using Harness.Toxiproxy;

namespace Harness.Cli.Gating;

/// <summary>Control, candidate and the control once more, each a whole order system, loaded in turn with the same arrivals.</summary>
internal sealed class BlockSource : IAsyncDisposable
{
    private readonly PairedDesign _design;
    private readonly int _seed;
    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("harness-gate-");
    private readonly List<IRunningEnvironment> _arms = [];
    private readonly List<ArmLoad> _loads = [];
    private Random _random;
    private int _attempt;

    private BlockSource(PairedDesign design, int seed) => (_design, _seed, _random) = (design, seed, new Random(seed));

    /// <summary>Starts all three and warms them up.</summary>
    public static async Task<BlockSource> StartAsync(GateFile gate, int seed, CancellationToken runToken)
    {
        var source = new BlockSource(gate.Design, seed);
        try
        {
            Arm control = await BuiltAsync(gate.Control, runToken), candidate = await BuiltAsync(gate.Candidate, runToken);
            foreach (Arm arm in new[] { control, candidate, control })
                source._arms.Add(await new EmbeddedEnvironment().StartAsync(source.Request(arm), runToken));
            source._loads.AddRange(source._arms.Select(arm => new ArmLoad(arm, gate.Design)));
            for (TimeSpan warm = TimeSpan.Zero; warm < gate.Design.Warmup; warm += gate.Design.Block)
                await source.RoundAsync(runToken);
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next rounds; another attempt draws its arrivals from another seed.</summary>
    public async ValueTask<IReadOnlyList<PairedRound>> NextAsync(int attempt, int count, CancellationToken runToken)
    {
        if (attempt != _attempt)
            (_attempt, _random) = (attempt, new Random(_seed + attempt));
        var rounds = new List<PairedRound>();
        for (int round = 0; round < count; round++)
            rounds.Add(await RoundAsync(runToken));
        return rounds;
    }

    /// <summary>Makes every arm slower on its way to its clients, the candidate by another time: a difference that is known, on systems that are equal.</summary>
    public async Task DelayAsync(TimeSpan control, TimeSpan candidate, CancellationToken runToken)
    {
        string asked = _design.Scenario == "browse" ? "inventory" : "orders";
        for (int arm = 0; arm < _arms.Count; arm++)
        {
            Edge edge = _arms[arm].Edges.First(one => (one.From, one.To) == ("client", asked));
            await _arms[arm].Proxies.AddToxicAsync(_arms[arm].ProxyOf(edge), new LatencyToxic { Name = "known", Latency = arm == 1 ? candidate : control }, runToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _loads.ForEach(load => load.Dispose());
        await Task.WhenAll(_arms.Select(arm => arm.DisposeAsync().AsTask()));
        _logs.Delete(recursive: true);
    }

    private static async Task<Arm> BuiltAsync(Arm arm, CancellationToken runToken) =>
        arm.Build is { } commit ? arm with { Target = await new TargetBuild(".").OfAsync(commit, Console.Error, runToken) } : arm;

    private EnvironmentRequest Request(Arm arm) => new()
    {
        TargetCommand = arm.Target is null ? Installation.TargetCommand : [Installation.TargetCommand[0], arm.Target],
        StoreCommand = Installation.StoreCommand,
        Switches = arm.Set,
        Seed = _seed,
        Exited = _ => { },
        LogFile = name => Path.Combine(_logs.FullName, $"{_arms.Count}-{name}.log"),
    };

    private async Task<PairedRound> RoundAsync(CancellationToken runToken)
    {
        int seed = _random.Next();
        var blocks = new ArmLoad.Block[_loads.Count];
        int[] order = [.. Enumerable.Range(0, _loads.Count)];
        _random.Shuffle(order);
        foreach (int arm in order)
            blocks[arm] = await _loads[arm].RunAsync(seed, runToken);
        long due = blocks.Sum(block => block.Due);
        return new PairedRound(blocks[0].Metrics, blocks[1].Metrics, blocks[2].Metrics, due == 0 ? 0 : (double)blocks.Sum(block => block.Late) / due);
    }
}
