using Harness.Checks.Pacelc;
using Harness.Records;
using static Harness.Checks.Tests.Pacelc.HandMade;

namespace Harness.Checks.Tests.Pacelc;

/// <summary>Each number of a mode, on a history whose answer can be counted by hand.</summary>
public sealed class ModeScoreTests
{
    [Fact]
    public void Counts_a_request_by_its_tries_together_and_by_its_first_alone()
    {
        Operation lost = Place("k", 11, Outcome.Unknown), found = Place("k", 13, took: 0.5);
        AvailabilityMeasure orders = Assert.Single(Score("m", Run(lost, found, Place("l", 12))).Sides);

        Assert.Equal(("orders", false), (orders.Side, orders.IsRead));
        Assert.Equal((2, 2), (orders.Partition.Hits, orders.Partition.Count));
        Assert.Equal((1, 2), (orders.FirstTry.Hits, orders.FirstTry.Count));
        Assert.Equal(1.5, orders.TriesPerRequest);
    }

    [Fact]
    public void Takes_an_answer_after_the_deadline_for_none() =>
        Assert.Equal((1, 2), CutOf(Score("m", Run(Read(1, 11, took: 1), Read(1, 12, took: 1.001)))));

    [Fact]
    public void Counts_what_was_never_sent_against_its_phase()
    {
        PacelcRun run = Run(Read(1, 11), Read(1, 5)) with
        {
            NotSent = new Dictionary<(string, Phase), long> { [("read-product", Phase.Fault)] = 3 },
        };

        Assert.Equal((1, 4), CutOf(Score("m", run)));
        Assert.Equal(1, Score("m", run).Sides[0].Normal.Count);
    }

    [Fact]
    public void Keeps_sides_and_reads_and_writes_apart()
    {
        ModeScore score = Score("m", Run(Place("k", 11, Outcome.Refused), Read(1, 12), Write(2, 13)));

        Assert.Equal(["orders writes 0", "inventory writes 1", "inventory reads 1"],
            score.Sides.Select(side => $"{side.Side} {(side.IsRead ? "reads" : "writes")} {side.Partition.Hits}"));
    }

    [Fact]
    public void Adds_up_the_tenths_of_a_second_in_which_most_failed()
    {
        // Down at 10.0 and 10.1; at 10.2 one of two is ok, which is up; before the cut does not count.
        ModeScore score = Score("m", Run(
            Place("a", 9.95, Outcome.Refused), Place("b", 10.01, Outcome.Refused), Place("c", 10.11, Outcome.Refused),
            Place("d", 10.21, Outcome.Refused), Place("e", 10.25)));

        Assert.Equal(TimeSpan.FromMilliseconds(200), score.Sides[0].Downtime);
    }

    [Fact]
    public void Notices_the_cut_at_the_first_refusal_or_open_breaker_after_it()
    {
        PacelcRun run = Run(Place("a", 3, Outcome.Refused), Place("b", 12, Outcome.Refused, took: 0.25));

        Assert.Equal(2.25, Detection.Of(run)!.Value.TotalSeconds, 6);
        Assert.Equal(1.0, Detection.Of(run with { BreakerOpened = Second(11) })!.Value.TotalSeconds, 6);
        Assert.Null(Detection.Of(Run(Place("a", 3, Outcome.Refused))));
    }

    [Fact]
    public void Puts_every_error_into_one_class()
    {
        var errors = new Dictionary<(string, Phase, string), long>
        {
            [("place-order", Phase.Fault, "http-503")] = 4, [("place-order", Phase.Fault, "http-429")] = 3, [("place-order", Phase.Fault, "http-409")] = 2,
            [("place-order", Phase.Fault, "timeout")] = 1, [("place-order", Phase.Fault, "connection-refused")] = 5, [("place-order", Phase.Baseline, "timeout")] = 9,
        };
        ErrorShares found = Score("m", Run(Enumerable.Range(0, 20).Select(i => Place($"{i}", 11, Outcome.Refused))) with { Errors = errors }).Errors;

        Assert.Equal((4, 3, 2, 1, 5), (found.Refused.Hits, found.Shed.Hits, found.Failed.Hits, found.Indeterminate.Hits, found.NotConnected.Hits));
        Assert.All(new[] { found.Refused, found.Shed, found.Failed, found.Indeterminate, found.NotConnected, found.NotSent }, share => Assert.Equal(20, share.Count));
    }

    [Fact]
    public void Resolves_unknown_orders_by_the_book()
    {
        AuditedOrder Order(string key, string status) => new($"id-{key}-{status}", key, "sku", 1, 1, status);
        PacelcRun run = Run(new[] { "done", "gone", "open", "twice" }.Select(key => Place(key, 11, Outcome.Unknown))) with
        {
            Audit = new Audit(
                new OrdersAudit { Orders = [Order("done", "CONFIRMED"), Order("open", "PENDING"), Order("twice", "CONFIRMED"), Order("twice", "CANCELLED")] }, null, null),
        };

        Assert.Equal(new IndeterminateResolution(1, 1, 2, 0), Score("m", run).Indeterminate);
        Assert.Equal(new IndeterminateResolution(0, 0, 0, 4), Score("m", run with { Audit = null }).Indeterminate);
    }

    [Fact]
    public void Calls_an_acknowledged_order_that_the_book_lacks_wrong() =>
        Assert.Equal(1, Score("m", Run(Place("lost", 11), Place("kept", 12)) with { Audit = BookOf("kept") }).Errors.Wrong.Hits);

    [Fact]
    public void Harvests_what_was_full_and_fresh()
    {
        // Fresh read, stale read, order that ended in time, order that ended too late.
        Operation End(string id, double at) => new(9, "read-order", id, "CONFIRMED", Second(at), Second(at), Outcome.Ok);
        ModeScore score = Score("m", Run(
            Write(2, 9), Read(2, 11), Read(1, 12), Place("soon", 13), End("id-soon", 14), Place("late", 13), End("id-late", 18)));

        Assert.Equal((2, 4), (score.Harvest.Hits, score.Harvest.Count));
    }

    [Fact]
    public void Sees_staleness_in_the_part_in_which_the_read_was_made()
    {
        ModeScore score = Score("m", Run(Write(5, 8), Read(4, 9), Read(5, 11), Read(3, 25)));

        Assert.Equal((1, 1), (score.Normal.Stale.Hits, score.Normal.Stale.Count));
        Assert.Equal((1, 2), (score.Partition.Stale.Hits, score.Partition.Stale.Count));
        Assert.Equal(16.999, score.Partition.LagMax.TotalSeconds, 6);
        Assert.Equal(2, score.Partition.LagVersionsP99);
        Assert.Equal(score.Partition.LagMax, score.Partition.LagP99OfAll);
    }

    [Fact]
    public void Counts_session_guarantees_against_all_that_could_have_broken_them()
    {
        ModeScore score = Score("m", Run(Write(5, 8, process: 7), Read(4, 25, process: 7), Read(4, 26, process: 8)));
        GuaranteeShare own = score.Partition.Sessions.First(one => one.Name == "read-your-writes");

        Assert.Equal((1, 1, 10_000.0), (own.Broken.Hits, own.Broken.Count, own.Per10000));
        Assert.Equal(0, score.Normal.SessionViolations.Hits);
    }

    [Fact]
    public void Tells_linearizable_entities_from_others_and_from_those_that_show_nothing() =>
        Assert.Equal(
            new KeyCounts(1, 2, 1),
            Score("m", Run(
                Write(1, 11, key: "right"), Read(1, 12, key: "right"),
                Write(2, 11, key: "stale"), Read(1, 12, key: "stale"),
                Write(2, 11, key: "again"), Write(2, 12, key: "again"),
                Read(1, 11, key: "unwritten"))).Partition.Linearizability);

    [Fact]
    public void Measures_latency_with_and_without_failures()
    {
        PacelcRun run = Run(
            Enumerable.Range(0, 90).Select(i => Read(1, 1 + i / 100.0, took: 0.010))
                .Concat(Enumerable.Range(0, 20).Select(i => Read(1, 3 + i / 100.0) with { Outcome = Outcome.Refused, Value = null })));
        LatencyMeasure reads = Assert.Single(Score("m", run).Latency);

        Assert.Equal((90, 110), (reads.Ok.Count, reads.All.Count));
        Assert.Equal(10, reads.Ok.P50!.Value.TotalMilliseconds, 6);
        Assert.Null(reads.Ok.P99);
        Assert.Equal(TimeSpan.FromSeconds(1), reads.All.P99);
        Assert.Null(reads.All.P999);
    }

    [Fact]
    public void Says_how_long_entities_disagreed_after_healing()
    {
        ConvergenceMeasure found = Score("m", Run(
            Write(2, 15, key: "a"), Read(1, 23, key: "a"), Read(2, 24, key: "a"), Write(2, 15, key: "b"), Read(2, 25, key: "b"))).Convergence;

        Assert.Equal((TimeSpan.Zero, Second(3)), (found.EntityP50!.Value, found.EntityMax!.Value));
        Assert.Equal(1, found.DivergencePeak);
        Assert.Equal(7.999, found.DivergenceTime.TotalSeconds, 6);
        Assert.Null(Assert.Single(found.Systems));
    }

    [Fact]
    public void Says_when_reads_were_as_fast_as_before_again()
    {
        // Slow in the first two seconds after healing.
        IEnumerable<Operation> reads = Enumerable.Range(0, 400).Select(i => Read(1, i / 10.0, took: i is >= 200 and < 220 ? 0.5 : 0.010));

        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(Score("m", Run(reads)).Convergence.LatencyBack));
    }

    private static (long, long) CutOf(ModeScore score) => (score.AvailablePartition.Hits, score.AvailablePartition.Count);
}
