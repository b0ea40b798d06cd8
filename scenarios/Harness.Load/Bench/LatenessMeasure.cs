namespace Harness.Load.Bench;

/// <summary>How late arrivals are sent at 1000/s, and what waiting for them costs.</summary>
internal sealed class LatenessMeasure(bool busy) : EngineMeasure
{
    private const int Rate = 1000;

    // Fewer than would keep the machine from doing anything else.
    private const int BusyConnections = 4;

    public override async Task<IReadOnlyList<BenchLine>> MeasureAsync(BenchOrigin origin, TimeSpan length, CancellationToken cancellationToken)
    {
        if (!busy)
            return [await LineAsync(origin, length, $"lateness at {Rate}/s", "", cancellationToken)];
        if (HeldProcess.Find("wrk") is not { } wrk)
            return [new BenchLine($"lateness at {Rate}/s beside a busy target", "wrk, which keeps it busy, is not installed", "")];
        using HeldProcess others = HeldProcess.Start(wrk, "-t1", $"-c{BusyConnections}", "-d600s", origin.Url.AbsoluteUri);
        return [await LineAsync(origin, length, $"… while wrk keeps the target busy over {BusyConnections} connections", "p50 ≤ 0.2 ms, p99 ≤ 2 ms", cancellationToken)];
    }

    private static async Task<BenchLine> LineAsync(BenchOrigin origin, TimeSpan length, string what, string goal, CancellationToken cancellationToken)
    {
        ScenarioProps scenario = Lanes.Raw(origin.Url).WithLoadSimulations(Simulation.Constant(Rate, TimeSpan.FromSeconds(0.5) + length))
            .WithWarmUpDuration(TimeSpan.FromSeconds(0.5));
        (LoadResult result, TimeSpan cpu) = await RunAsync(LoadRunner.RegisterScenarios(scenario), cancellationToken);
        GeneratorCertificate generator = result.Generator;
        return new BenchLine(
            what,
            Say($"p50 {generator.LatenessP50.TotalMilliseconds:0.000} ms, p99 {generator.LatenessP99.TotalMilliseconds:0.00} ms, max {generator.LatenessMax.TotalMilliseconds:0.0} ms; {generator.Cpu / result.Duration:0.00} core"),
            goal);
    }
}
