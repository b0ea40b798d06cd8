using Harness.Load.Bench;

namespace Harness.Load;

/// <summary>What to measure.</summary>
public sealed record LoadBenchOptions
{
    /// <value>Program and arguments that run <see cref="MinimalOrigin"/>, for machines without nginx; the port is added.</value>
    public required IReadOnlyList<string> OriginCommand { get; init; }

    /// <value>How long each number is measured; 2 s by default.</value>
    public TimeSpan MeasureFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <value>How often each client is measured, all of them in turn; the median counts. 3 by default.</value>
    public int Rounds { get; init; } = 3;

    /// <summary>What is wrong with it, each with the value seen.</summary>
    public IEnumerable<string> Problems()
    {
        if (MeasureFor < TimeSpan.FromSeconds(0.2) || MeasureFor > TimeSpan.FromMinutes(1))
            yield return $"a measurement of {MeasureFor.TotalSeconds} s; it must last from 0.2 to 60 s";
        if (Rounds is < 1 or > 100)
            yield return $"{Rounds} rounds; it must be from 1 to 100";
    }
}

/// <summary>Measures what the engine costs, beside wrk and hey where they are installed, in one run.</summary>
public sealed class LoadBench(LoadBenchOptions options)
{
    /// <summary>Measures everything and prints its tables, a row as soon as it is known.</summary>
    public async Task<LoadBenchResult> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var lines = new List<BenchLine>();
        using BenchOrigin origin = await BenchOrigin.StartAsync(options.OriginCommand, cancellationToken);
        await output.WriteLineAsync($"Origin: {origin.Name}. {Environment.ProcessorCount} processors. Compare ratios within this run only.\n");
        await output.WriteLineAsync("| what | value | goal |\n|---|---|---|");
        foreach (EngineMeasure measure in EngineMeasure.All)
        {
            foreach (BenchLine line in await measure.MeasureAsync(origin, options.MeasureFor, cancellationToken))
            {
                lines.Add(line);
                await output.WriteLineAsync($"| {line.What} | {line.Value} | {line.Goal} |");
            }
        }

        await output.WriteLineAsync();
        return new LoadBenchResult(origin.Name, lines, await CompareAsync(origin, output, cancellationToken));
    }

    private async Task<IReadOnlyList<ClientCost>> CompareAsync(BenchOrigin origin, TextWriter output, CancellationToken cancellationToken)
    {
        List<BenchClient> clients =
        [
            new OwnClient("raw lane", 1.1, 0, Lanes.Raw),
            new OwnClient("ordinary lane", 1.4, 1500, Lanes.Ordinary),
            .. ForeignClient.Installed(),
        ];
        var samples = clients.ToDictionary(client => client, _ => new List<CostSample>());
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (BenchClient client in clients)
                samples[client].Add(await CostMeasure.SampleAsync(client, origin, options.MeasureFor, cancellationToken));
        }

        double? wrk = clients.Find(client => client.Name == "wrk") is { } peer ? BenchMath.Median(samples[peer], sample => sample.Ratio) : null;
        await output.WriteLineAsync(
            $"{BenchClient.Connections} connections, medians of {options.Rounds} rounds, all clients in turn.\n\n"
            + "| client | requests/s | µs CPU a request | server's µs | client : server | × wrk | bytes a request | goal |\n|---|---|---|---|---|---|---|---|");
        ClientCost[] costs = [.. clients.Select(client => ClientCost.Of(client, samples[client], wrk))];
        foreach (ClientCost cost in costs)
            await output.WriteLineAsync(cost.Line);
        return costs;
    }
}

/// <summary>What was measured.</summary>
/// <param name="Origin">Who answered.</param>
/// <param name="Engine">The engine by itself.</param>
/// <param name="Clients">Both lanes beside other clients.</param>
public sealed record LoadBenchResult(string Origin, IReadOnlyList<BenchLine> Engine, IReadOnlyList<ClientCost> Clients);
