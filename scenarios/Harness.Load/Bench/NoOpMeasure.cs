namespace Harness.Load.Bench;

/// <summary>The engine alone: iterations that do nothing.</summary>
internal sealed class NoOpMeasure : EngineMeasure
{
    public override async Task<IReadOnlyList<BenchLine>> MeasureAsync(BenchOrigin origin, TimeSpan length, CancellationToken cancellationToken)
    {
        var answer = ValueTask.FromResult<IResponse>(Response.Ok());
        LoadRun Run(TimeSpan during) => LoadRunner.RegisterScenarios(
            Scenario.Create("no-op", _ => answer).WithLoadSimulations(Simulation.KeepConstant(1, during)));

        await Run(TimeSpan.FromSeconds(0.5)).RunAsync(cancellationToken);
        long bytesBefore = GC.GetTotalAllocatedBytes();
        (LoadResult result, TimeSpan cpu) = await RunAsync(Run(length), cancellationToken);
        double iterations = result.Scenarios[0].Total.Ok;
        double bytes = (GC.GetTotalAllocatedBytes() - bytesBefore) / iterations;
        return [new BenchLine("no-op iteration", Say($"{cpu.TotalMicroseconds / iterations:0.00} µs CPU, {bytes:0.0} bytes"), "≤ 0.3 µs, 0 bytes")];
    }
}
