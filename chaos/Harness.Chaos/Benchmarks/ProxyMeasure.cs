using Harness.Load;

namespace Harness.Chaos.Benchmarks;

/// <summary>What the proxies cost: the same orders by two systems in turn, one whose services reach everything through proxies and one whose do not.</summary>
internal static class ProxyMeasure
{
    private const int Clients = 32, Rounds = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3), Onset = TimeSpan.FromSeconds(0.5);

    /// <summary>Of what both can do with every processor busy: as much is asked of both when it is asked at a rate.</summary>
    private const double AskedShare = 0.6;

    public static async Task<IReadOnlyList<TargetBenchRow>> RunAsync(SystemProbe through, SystemProbe past, CancellationToken cancellationToken)
    {
        using var loadThrough = new OrderLoad(through);
        using var loadPast = new OrderLoad(past);
        Measured busy = await InTurnAsync(load => load.Place(Simulation.KeepConstant(Clients, Length)));
        double asked = AskedShare * Math.Min(busy.Through, busy.Past);
        Measured steady = await InTurnAsync(load => load.Place(Simulation.Constant(asked, Length)));
        return
        [
            new TargetBenchRow("orders through proxies", steady.Ratio, "ratio", 0.9, AtLeast: true,
                $"settled through proxies to settled without at {asked:0} orders/s asked for, median of {Rounds} rounds in turn ({steady.Least:0.00} to {steady.Most:0.00})"),
            new TargetBenchRow("the same, all busy", busy.Ratio, "ratio", null, AtLeast: true,
                $"{Clients} clients that never wait, so that proxies, services and stores fight for the same processors; median of {Rounds} ({busy.Least:0.00} to {busy.Most:0.00}), the last had {busy.Through:0} and {busy.Past:0} orders/s"),
        ];

        async Task<Measured> InTurnAsync(Func<OrderLoad, ScenarioProps> make)
        {
            var ratios = new List<double>();
            double throughRate = 0, pastRate = 0;
            // The first round lets the compiler finish; it does not count. Who goes first changes, so that a machine that slows down hits both.
            for (int round = 0; round <= Rounds; round++)
            {
                if (round % 2 == 0)
                    throughRate = await RateAsync(through, make(loadThrough), cancellationToken);
                pastRate = await RateAsync(past, make(loadPast), cancellationToken);
                if (round % 2 == 1)
                    throughRate = await RateAsync(through, make(loadThrough), cancellationToken);
                if (round > 0)
                    ratios.Add(throughRate / pastRate);
            }

            return new Measured(ratios.Order().ElementAt(Rounds / 2), ratios.Min(), ratios.Max(), throughRate, pastRate);
        }
    }

    private static async Task<double> RateAsync(SystemProbe probe, ScenarioProps load, CancellationToken cancellationToken)
    {
        Task<LoadResult> running = OrderLoad.RunAsync(cancellationToken, load);
        await Task.Delay(Onset, cancellationToken);
        SystemReading before = await probe.ReadAsync(cancellationToken);
        await Task.Delay(Length - Onset, cancellationToken);
        SystemReading after = await probe.ReadAsync(cancellationToken);
        await running;
        await probe.RestAsync(cancellationToken);
        return before.SettledPerSecondTo(after);
    }

    private sealed record Measured(double Ratio, double Least, double Most, double Through, double Past);
}
