using Harness.Checks.Pacelc;
using Harness.Records;

namespace Harness.Reports.Tests.Pacelc;

/// <summary>A strong mode that refuses, a weak one that is stale, and a broken one that is both.</summary>
internal static class SampleCard
{
    private static readonly string[] Names = ["strong", "weak", "broken"];

    // Made once: the doubt of every number is drawn a thousand times.
    private static readonly Lazy<ModeScore[]> Made = new(() => [.. Scores(Names)]);

    public static Scorecard Card(int modes = 3) => Scorecard.Of(Design("[redis] | [orders, payments, inventory]"), Made.Value[..modes]);

    /// <summary>Named as somebody would who wants to break out of the page.</summary>
    public static Scorecard Hostile() => Scorecard.Of(Design(HostileRun.Script + HostileRun.Element), [.. Scores([.. Names.Select(name => HostileRun.Element + HostileRun.Script + name)])]);

    private static IEnumerable<ModeScore> Scores(string[] names)
    {
        yield return Score(names[0], Load(okInPartition: 62, staleInHealing: 0, staleInNormal: 0, readTook: 4));
        yield return Score(names[1], Load(okInPartition: 100, staleInHealing: 4, staleInNormal: 1, readTook: 1));
        PacelcRun broken = Load(okInPartition: 55, staleInHealing: 9, staleInNormal: 0, readTook: 5);
        yield return Score(names[2], broken with
        {
            Invariants = [new CheckResult { Name = "effects-exactly-once", Kind = ResultKind.Check, Verdict = Verdict.Fail, Summary = $"3 violations: {names[2]} was charged twice.", Numbers = new Dictionary<string, double> { ["violations"] = 3 } }],
        });
    }

    private static ModeScore Score(string name, PacelcRun run) =>
        ModeScore.Of(name, new Dictionary<string, string> { ["reads"] = name, ["when-cut"] = "reject" }, [run, run with { Id = "second" }]);

    private static PacelcDesign Design(string groups) => new()
    {
        Environment = "local",
        Cut = "redis",
        Groups = groups,
        MajoritySides = ["orders", "payments", "inventory"],
        Rounds = 2,
        Seed = 7,
        Command = $"./harness pacelc --seed 7 # {groups}",
        HarnessVersion = "0.1.0",
        Commit = "0123456789abcdef",
        StartedAt = new DateTimeOffset(2026, 11, 22, 22, 10, 5, TimeSpan.Zero),
        Order = ["strong 1", "weak 1", "weak 2", "strong 2"],
        Normal = TimeSpan.FromSeconds(10),
        Partition = TimeSpan.FromSeconds(10),
        Healing = TimeSpan.FromSeconds(10),
    };

    private static PacelcRun Load(int okInPartition, int staleInHealing, int staleInNormal, double readTook)
    {
        var history = new List<Operation>();
        var book = new List<AuditedOrder>();
        var random = new Random(3);
        TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
        for (int second = 0; second < 30; second++)
        {
            for (int i = 0; i < 100; i++)
            {
                double at = second + (i / 100.0);
                bool ok = second is < 10 or >= 20 || i < okInPartition;
                history.Add(new Operation(1, "place-order", $"{second}-{i}", ok ? $"id-{second}-{i}" : null, At(at), At(at + 0.002), ok ? Outcome.Ok : Outcome.Refused));
                if (ok)
                    book.Add(new AuditedOrder($"id-{second}-{i}", $"{second}-{i}", "sku", 1, 100, "CONFIRMED"));
                bool stale = i % 40 / 2 < (second < 10 ? staleInNormal : second >= 20 ? staleInHealing : 0);
                long version = ((second * 100) + i) / 2;
                history.Add(i % 2 == 0
                    ? new Operation(1000 + i, "reprice", "sku", $"{version}", At(at), At(at + 0.001), Outcome.Ok)
                    : new Operation(2000 + (i % 10), "read-product", "sku", $"{(stale ? version - 1 : version)}", At(at), At(at + (readTook * (0.5 + random.NextDouble()) / 1000)), Outcome.Ok));
            }
        }

        return new PacelcRun
        {
            Id = "20261122T221005Z-pacelc",
            History = history,
            Normal = new TimeWindow(At(0), At(10)),
            Partition = new TimeWindow(At(10), At(20)),
            Healing = new TimeWindow(At(20), At(30)),
            Audit = new Audit(new OrdersAudit { Orders = book }, null, null),
        };
    }
}
