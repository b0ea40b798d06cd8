using Harness.Load;

namespace Harness.Chaos.Benchmarks;

/// <summary>What is measured by placing orders; each of these builds on the one before.</summary>
internal sealed class OrderMeasures(SystemProbe probe) : IDisposable
{
    private const int SaturatingClients = 48;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Saturation = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan StepLength = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan HalfLength = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OverloadLength = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Onset = TimeSpan.FromSeconds(1);

    // Until more orders wait than it wants to have waiting: what comes after can go on for ever.
    private static readonly TimeSpan OverloadOnset = TimeSpan.FromSeconds(5);

    // From below what it settles while orders wait, up until it falls behind twice: where arrivals and settling just keep pace, it may do better.
    private const double FirstStep = 0.85, NextStep = 1.15, KeepsPace = 0.95;
    private const int StepsMost = 9;
    private readonly OrderLoad _load = new(probe);
    private double _peak;
    private bool _warm;

    /// <summary>Processor time of everything while nobody asks for anything.</summary>
    public async Task<TargetBenchRow> IdleAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        await probe.RestAsync(cancellationToken);
        // The compiler is still at what the load has made hot.
        await Task.Delay(Onset * 4, cancellationToken);
        SystemReading before = await probe.ReadAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        SystemReading after = await probe.ReadAsync(cancellationToken);
        double own = (after.OwnCpu - before.OwnCpu) / TimeSpan.FromSeconds(before.SecondsTo(after));
        double system = (after.SystemCpu - before.SystemCpu) / TimeSpan.FromSeconds(before.SecondsTo(after));
        return new TargetBenchRow("idle", 100 * (own + system), "% of a core", 5, AtLeast: false, $"services and stores {100 * system:0.0} %, proxies {100 * own:0.0} %");
    }

    /// <summary>The most orders a second that it settles.</summary>
    public async Task<TargetBenchRow> PeakAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        double saturated = (await DuringAsync(Onset, Saturation, cancellationToken, _load.Place(Simulation.KeepConstant(SaturatingClients, Saturation)))).Settled;
        await probe.RestAsync(cancellationToken);
        _peak = saturated;
        int windows = 1, behind = 0;
        for (double asked = saturated * FirstStep; windows <= StepsMost && behind < 2; asked *= NextStep, windows++)
        {
            double settled = (await DuringAsync(Onset, StepLength, cancellationToken, _load.Place(Simulation.Constant(asked, StepLength)))).Settled;
            await probe.RestAsync(cancellationToken);
            _peak = Math.Max(_peak, settled);
            behind += settled < asked * KeepsPace ? 1 : 0;
        }

        return new TargetBenchRow("settled", _peak, "orders/s", 250, AtLeast: true, $"the best of {windows} windows, each asking for more; {saturated:0} with {SaturatingClients} clients that never wait");
    }

    /// <summary>Latency and cost at half of the peak.</summary>
    public async Task<IReadOnlyList<TargetBenchRow>> HalfAsync(CancellationToken cancellationToken)
    {
        (_, LoadResult result, _) = await DuringAsync(Onset, HalfLength, cancellationToken, _load.Follow(Simulation.Poisson(_peak / 2, HalfLength)));
        await probe.RestAsync(cancellationToken);
        ScenarioInterval total = result.Scenarios[0].Total;
        (_, _, double cpuPerOrder) = await DuringAsync(Onset, StepLength, cancellationToken, _load.Place(Simulation.Poisson(_peak / 2, StepLength)));
        await probe.RestAsync(cancellationToken);
        return
        [
            new TargetBenchRow("saga p99", total.Response.GetValueAtPercentile(99) / 1000.0, "ms", 500, AtLeast: false,
                $"p50 {total.Response.GetValueAtPercentile(50) / 1000.0:0} ms of {total.Ok} orders at {_peak / 2:0}/s, from due to the poll that saw the end; {total.Refused + total.Unknown} failed"),
            new TargetBenchRow("cpu per order", cpuPerOrder, "ms", null, AtLeast: false, "processor time of services and stores at half of the peak, nobody following"),
        ];
    }

    /// <summary>What it still does when three times the peak is asked of it, while others read.</summary>
    public async Task<IReadOnlyList<TargetBenchRow>> OverloadAsync(CancellationToken cancellationToken)
    {
        (double settled, LoadResult result, _) = await DuringAsync(OverloadOnset, OverloadLength, cancellationToken, _load.Place(Simulation.Constant(3 * _peak, OverloadLength)), _load.ReadProducts(Simulation.Constant(50, OverloadLength)));
        ScenarioInterval placed = result.Scenarios[0].Total, read = result.Scenarios[1].Total;
        return
        [
            new TargetBenchRow("settled at 3x", settled / _peak, "ratio", 0.8, AtLeast: true, $"{settled:0} orders/s of the peak's {_peak:0}, at {3 * _peak:0}/s asked for"),
            new TargetBenchRow("refused at 3x", placed.Refused / (double)Math.Max(1, placed.Due), "ratio", null, AtLeast: true,
                $"accepted {placed.Ok}, p99 {placed.OkResponse.GetValueAtPercentile(99) / 1000.0:0} ms; {string.Join(", ", placed.Errors.Select(error => $"{error.Value} {error.Key}"))}"),
            new TargetBenchRow("reads at 3x", read.Ok / (double)Math.Max(1, read.Due), "ratio", 0.99, AtLeast: true, $"of 50 product reads a second, p99 {read.Response.GetValueAtPercentile(99) / 1000.0:0} ms"),
        ];
    }

    public void Dispose() => _load.Dispose();

    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        if (_warm)
            return;
        _warm = true;
        await OrderLoad.RunAsync(cancellationToken, _load.Place(Simulation.RampingInject(150, TimeSpan.FromSeconds(1), WarmUp)));
        await probe.RestAsync(cancellationToken);
    }

    /// <summary>Runs a load and looks at what is settled and spent while it lasts, its onset left out.</summary>
    private async Task<(double Settled, LoadResult Result, double CpuPerOrder)> DuringAsync(TimeSpan onset, TimeSpan length, CancellationToken cancellationToken, params ScenarioProps[] scenarios)
    {
        Task<LoadResult> running = OrderLoad.RunAsync(cancellationToken, scenarios);
        await Task.Delay(onset, cancellationToken);
        SystemReading before = await probe.ReadAsync(cancellationToken);
        await Task.Delay(length - onset, cancellationToken);
        SystemReading after = await probe.ReadAsync(cancellationToken);
        return (before.SettledPerSecondTo(after), await running, (after.SystemCpu - before.SystemCpu).TotalMilliseconds / Math.Max(1, after.Settled - before.Settled));
    }
}
