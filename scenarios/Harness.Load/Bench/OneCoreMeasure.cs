namespace Harness.Load.Bench;

/// <summary>How much one core can ask for: the raw lane on one event loop, which is one thread.</summary>
internal sealed class OneCoreMeasure : EngineMeasure
{
    public override async Task<IReadOnlyList<BenchLine>> MeasureAsync(BenchOrigin origin, TimeSpan length, CancellationToken cancellationToken)
    {
        (LoadResult result, TimeSpan cpu) = await RunAsync(
            LoadRunner.RegisterScenarios(Lanes.Raw(origin.Url).WithLoadSimulations(Simulation.KeepConstant(BenchClient.Connections, length)))
                .WithEventLoops(1),
            cancellationToken);
        double rate = result.Scenarios[0].Total.Ok / result.Duration.TotalSeconds;
        double cores = cpu / result.Duration;
        return
        [
            new BenchLine("raw lane on one event loop", Say($"{rate:0} requests/s with {cores:0.00} core"), ""),
            new BenchLine("… which for a whole core is", Say($"{rate / cores:0} requests/s"), "≥ 50 000"),
        ];
    }
}
