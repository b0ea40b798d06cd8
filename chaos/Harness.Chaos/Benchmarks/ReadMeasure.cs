using Harness.Load;

namespace Harness.Chaos.Benchmarks;

/// <summary>What the cache is worth: the same reads of two systems in turn, one with reads from the cache and one from the database.</summary>
internal static class ReadMeasure
{
    private const int Clients = 64, Rounds = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5), Length = TimeSpan.FromSeconds(1.5);

    public static async Task<TargetBenchRow> RunAsync(SystemProbe cached, SystemProbe database, CancellationToken cancellationToken)
    {
        using var fromCache = new OrderLoad(cached);
        using var fromDatabase = new OrderLoad(database);
        var ratios = new List<double>();
        double cacheRate = 0, databaseRate = 0;
        // Fills the cache, and lets the compiler finish: for some seconds it takes a quarter of the processors, from the faster system most.
        await RateAsync(fromCache, WarmUp, cancellationToken);
        await RateAsync(fromDatabase, WarmUp, cancellationToken);
        for (int round = 0; round < Rounds; round++)
        {
            cacheRate = await RateAsync(fromCache, Length, cancellationToken);
            databaseRate = await RateAsync(fromDatabase, Length, cancellationToken);
            ratios.Add(cacheRate / databaseRate);
        }

        return new TargetBenchRow("cached : database reads", ratios.Order().ElementAt(Rounds / 2), "ratio", 4, AtLeast: true,
            $"median of {Rounds} rounds in turn with {Clients} clients; the last had {cacheRate:0} and {databaseRate:0} reads/s");
    }

    private static async Task<double> RateAsync(OrderLoad load, TimeSpan length, CancellationToken cancellationToken)
    {
        LoadResult result = await OrderLoad.RunAsync(cancellationToken, load.ReadProducts(Simulation.KeepConstant(Clients, length)));
        return result.AllOkCount / length.TotalSeconds;
    }
}
