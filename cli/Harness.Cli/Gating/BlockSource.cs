using System.Globalization;
using System.Net.Http.Json;
using Harness.Chaos.Environments;
using Harness.Reports.Gates;
using Harness.Toxiproxy;

namespace Harness.Cli.Gating;

/// <summary>Control, candidate and the control once more, each a whole order system, loaded in turn with the same arrivals.</summary>
internal sealed class BlockSource : IAsyncDisposable
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly PairedDesign _design;
    private readonly int _seed;
    private readonly List<IRunningEnvironment> _arms = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10) }) { Timeout = Patience };
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
        await Task.WhenAll(_arms.Select(arm => arm.DisposeAsync().AsTask()));
        _http.Dispose();
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
        LogFile = name => Path.Combine(Path.GetTempPath(), $"harness-gate-{Environment.ProcessId}-{name}.log"),
    };

    private async Task<PairedRound> RoundAsync(CancellationToken runToken)
    {
        Arrival[] arrivals = [.. Arrivals()];
        var blocks = new Dictionary<string, double>[_arms.Count];
        int late = 0;
        int[] order = [.. Enumerable.Range(0, _arms.Count)];
        _random.Shuffle(order);
        foreach (int arm in order)
        {
            (blocks[arm], int behind) = await BlockAsync(_arms[arm], arrivals, runToken);
            late += behind;
        }

        return new PairedRound(blocks[0], blocks[1], blocks[2], (double)late / (arrivals.Length * _arms.Count));
    }

    /// <summary>Poisson arrivals of one block: when, and of which product.</summary>
    private IEnumerable<Arrival> Arrivals()
    {
        for (double at = 0; ;)
        {
            at -= Math.Log(1 - _random.NextDouble()) / _design.RatePerSecond;
            if (at >= _design.Block.TotalSeconds)
                yield break;
            yield return new Arrival(TimeSpan.FromSeconds(at), _random.Next(100), _random.NextInt64().ToString("x16", CultureInfo.InvariantCulture));
        }
    }

    private async Task<(Dictionary<string, double> Metrics, int Late)> BlockAsync(IRunningEnvironment arm, Arrival[] arrivals, CancellationToken runToken)
    {
        double cpuBefore = await CpuSecondsAsync(arm, runToken);
        long start = TimeProvider.System.GetTimestamp();
        int late = 0;
        var sent = new List<Task<TimeSpan?>>(arrivals.Length);
        foreach (Arrival arrival in arrivals)
        {
            TimeSpan ahead = arrival.At - TimeProvider.System.GetElapsedTime(start);
            if (ahead > TimeSpan.Zero)
                await Task.Delay(ahead, runToken);
            if (TimeProvider.System.GetElapsedTime(start) - arrival.At > Late)
                late++;
            sent.Add(SendAsync(arm, arrival, start, runToken));
        }

        TimeSpan?[] answered = await Task.WhenAll(sent);
        double cpu = await CpuSecondsAsync(arm, runToken) - cpuBefore;
        // A failure took at least as long as we were willing to wait.
        double[] milliseconds = [.. answered.Select(latency => (latency ?? Patience).TotalMilliseconds).Order()];
        var metrics = new Dictionary<string, double>();
        if (milliseconds.Length > 0)
        {
            metrics["latency.p50"] = milliseconds[(milliseconds.Length - 1) / 2];
            metrics["latency.p95"] = milliseconds[(int)Math.Ceiling(milliseconds.Length * 0.95) - 1];
            metrics["latency.mean"] = milliseconds.Average();
            metrics["cpuPerRequest"] = cpu / milliseconds.Length;
            metrics["availability"] = (double)answered.Count(latency => latency is not null) / answered.Length;
        }

        return (metrics, late);
    }

    /// <summary>From the moment the arrival was due; null when it was not answered ok.</summary>
    private async Task<TimeSpan?> SendAsync(IRunningEnvironment arm, Arrival arrival, long start, CancellationToken runToken)
    {
        try
        {
            using HttpRequestMessage request = Message(arm, arrival);
            using HttpResponseMessage response = await _http.SendAsync(request, runToken);
            return response.IsSuccessStatusCode ? TimeProvider.System.GetElapsedTime(start) - arrival.At : null;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !runToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private HttpRequestMessage Message(IRunningEnvironment arm, Arrival arrival)
    {
        Uri Of(string service) => arm.Services.First(one => one.Name == service).ForClients;
        string sku = string.Create(CultureInfo.InvariantCulture, $"sku-{arrival.Product:0000}");
        if (_design.Scenario == "browse")
            return new HttpRequestMessage(HttpMethod.Get, new Uri(Of("inventory"), $"products/{sku}"));
        var placed = new HttpRequestMessage(HttpMethod.Post, new Uri(Of("orders"), "orders"))
        {
            Content = JsonContent.Create(new { customer = "customer-0001", sku, quantity = 1 }),
        };
        placed.Headers.Add("Idempotency-Key", arrival.Key);
        return placed;
    }

    private async Task<double> CpuSecondsAsync(IRunningEnvironment arm, CancellationToken runToken)
    {
        const string Name = "process_cpu_seconds_total ";
        double total = 0;
        foreach (RunningService service in arm.Services)
        {
            string text = await _http.GetStringAsync(new Uri(service.Direct, "metrics"), runToken);
            string? line = text.Split('\n').FirstOrDefault(one => one.StartsWith(Name, StringComparison.Ordinal));
            total += line is null ? double.NaN : double.Parse(line.AsSpan(Name.Length), CultureInfo.InvariantCulture);
        }

        return total;
    }

    private readonly record struct Arrival(TimeSpan At, int Product, string Key);
}
