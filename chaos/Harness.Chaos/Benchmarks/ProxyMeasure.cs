using Harness.Load;

namespace Harness.Chaos.Benchmarks;

/// <summary>What the proxies cost: the same orders by two systems in turn, one whose services reach everything through proxies and one whose do not.</summary>
internal static class ProxyMeasure
{
    private const int Clients = 32, Rounds = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3), Onset = TimeSpan.FromSeconds(0.5);

    public static async Task<TargetBenchRow> RunAsync(SystemProbe through, SystemProbe past, CancellationToken cancellationToken)
    {
        using var loadThrough = new OrderLoad(through);
        using var loadPast = new OrderLoad(past);
        var ratios = new List<double>();
        double throughRate = 0, pastRate = 0;
        // The first round lets the compiler finish; it does not count. Who goes first changes, so that a machine that slows down hits both.
        for (int round = 0; round <= Rounds; round++)
        {
            if (round % 2 == 0)
                throughRate = await RateAsync(through, loadThrough, cancellationToken);
            pastRate = await RateAsync(past, loadPast, cancellationToken);
            if (round % 2 == 1)
                throughRate = await RateAsync(through, loadThrough, cancellationToken);
            if (round > 0)
                ratios.Add(throughRate / pastRate);
        }

        return new TargetBenchRow("orders through proxies", ratios.Order().ElementAt(Rounds / 2), "ratio", 0.9, AtLeast: true,
            $"settled through proxies to settled without, median of {Rounds} rounds in turn ({ratios.Min():0.00} to {ratios.Max():0.00}); the last had {throughRate:0} and {pastRate:0} orders/s");
    }

    private static async Task<double> RateAsync(SystemProbe probe, OrderLoad load, CancellationToken cancellationToken)
    {
        Task<LoadResult> running = OrderLoad.RunAsync(cancellationToken, load.Place(Simulation.KeepConstant(Clients, Length)));
        await Task.Delay(Onset, cancellationToken);
        SystemReading before = await probe.ReadAsync(cancellationToken);
        await Task.Delay(Length - Onset, cancellationToken);
        SystemReading after = await probe.ReadAsync(cancellationToken);
        await running;
        await probe.RestAsync(cancellationToken);
        return before.SettledPerSecondTo(after);
    }
}
