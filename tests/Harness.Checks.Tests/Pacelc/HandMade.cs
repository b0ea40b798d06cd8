using Harness.Checks.Pacelc;
using Harness.Records;

namespace Harness.Checks.Tests.Pacelc;

/// <summary>Runs written by hand: N is the first ten seconds, P the next ten, H the next twenty.</summary>
internal static class HandMade
{
    public static readonly IReadOnlyDictionary<string, string> NoSwitches = new Dictionary<string, string>();

    public static TimeSpan Second(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>With a book that holds every order that was acknowledged, and one more.</summary>
    public static PacelcRun Run(params IEnumerable<Operation> history) => new()
    {
        Id = "run",
        History = [.. history],
        Normal = new TimeWindow(Second(0), Second(10)),
        Partition = new TimeWindow(Second(10), Second(20)),
        Healing = new TimeWindow(Second(20), Second(40)),
        Audit = BookOf(
            ["another", .. history.Where(one => one is { Kind: "place-order", Outcome: Outcome.Ok }).Select(one => one.Key).Distinct()]),
    };

    public static Audit BookOf(params IEnumerable<string> keys) => new(
        new OrdersAudit { Orders = [.. keys.Select(key => new AuditedOrder($"id-{key}", key, "sku", 1, 100, "CONFIRMED"))] }, null, null);

    public static Operation Read(long version, double at, double took = 0.001, int process = 1, string key = "sku") =>
        new(process, "read-product", key, $"{version}", Second(at), Second(at + took), Outcome.Ok);

    public static Operation Write(long version, double at, double took = 0.001, int process = 2, string key = "sku") =>
        Read(version, at, took, process, key) with { Kind = "reprice" };

    public static Operation Place(string key, double at, Outcome outcome = Outcome.Ok, double took = 0.002) => new(
        3, "place-order", key, outcome == Outcome.Ok ? $"id-{key}" : null, Second(at), outcome == Outcome.Unknown ? null : Second(at + took), outcome);

    /// <summary>A hundred orders a second in N and P, of which those of P may be refused, and a thousand reads; a write before each second read.</summary>
    /// <param name="okInPartition">Of each hundred orders placed in P.</param>
    /// <param name="staleInPartition">Of the fifty reads a second in H that follow a write, so many show the version before it.</param>
    /// <param name="staleInNormal">The same in N.</param>
    /// <param name="readTook">In seconds; every read.</param>
    public static PacelcRun Load(int okInPartition, int staleInPartition, int staleInNormal = 0, double readTook = 0.001)
    {
        var history = new List<Operation>();
        for (int second = 0; second < 40; second++)
        {
            for (int i = 0; i < 100; i++)
            {
                double at = second + (i / 100.0);
                if (second < 20)
                    history.Add(Place($"{second}-{i}", at, second < 10 || i < okInPartition ? Outcome.Ok : Outcome.Refused));
                bool stale = i / 2 < (second < 10 ? staleInNormal : second >= 20 ? staleInPartition : 0);
                long version = ((second * 100) + i) / 2;
                history.Add(i % 2 == 0 ? Write(version, at, 0.001, 1000 + i) : Read(stale ? version - 1 : version, at, readTook, 2000 + (second * 100) + i));
            }
        }

        return Run(history);
    }

    public static ModeScore Score(string mode, PacelcRun run) => ModeScore.Of(mode, NoSwitches, [run]);
}
