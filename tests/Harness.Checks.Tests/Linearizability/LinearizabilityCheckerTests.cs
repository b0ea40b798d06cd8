using Harness.Checks.Benchmarks;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Tests.Linearizability;

public sealed class LinearizabilityCheckerTests
{
    private static readonly SearchLimits Limits = new() { Time = TimeSpan.FromSeconds(120) };

    public static TheoryData<string> Objects => ["register", "lenient-register", "key-value", "counter"];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Agrees_with_trying_every_order_of_thousands_of_small_histories(string name)
    {
        var random = new Random(20261122);
        int legal = 0;
        const int rounds = 6_000;
        for (int round = 0; round < rounds; round++)
        {
            (SequentialObject about, Operation[] history) = Small(name, random);
            bool expected = BruteForce.IsLinearizable(history, about);
            legal += expected ? 1 : 0;

            Assert.True(expected == (Check(history, about).Verdict == Verdict.Pass), $"round {round}: {string.Join("; ", history)}");
        }

        Assert.InRange(legal, rounds / 20, rounds * 19 / 20);    // or the comparison would say little
    }

    [Theory]
    [InlineData(16, 0.0)]
    [InlineData(4, 0.02)]
    [InlineData(30, 0.0)]
    public void Passes_what_a_real_register_did(int clients, double crashRatio)
    {
        for (int seed = 0; seed < 10; seed++)
            Assert.Equal(Verdict.Pass, Check(Generated(2_000, clients, seed, crashRatio), SequentialObject.Register).Verdict);
    }

    [Fact]
    public void Finds_a_single_stale_read_in_a_long_history()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Operation[] history = [.. Generated(3_000, 8, seed, 0, values: null)];
            Operation[] reads = [.. history.Where(o => o is { Kind: "read", Value: not null }).OrderBy(o => o.Invoked)];
            Operation stale = reads[^1];
            history[Array.IndexOf(history, stale)] = stale with { Value = reads[0].Value };
            LinearizabilityResult result = Check(history, SequentialObject.Register);

            Assert.Equal(Verdict.Fail, result.Verdict);
            Assert.Contains(result.Witness!.Operations, o => o.Process == stale.Process && o.Invoked == stale.Invoked);
        }
    }

    [Fact]
    public void Finds_a_write_that_was_lost_and_one_that_came_back()
    {
        Assert.Equal(Verdict.Fail, Check([Op("write", "1", 0, 1), Op("read", null, 2, 3)], SequentialObject.Register).Verdict);
        Assert.Equal(
            Verdict.Fail,
            Check([Op("write", "1", 0, 1), Op("write", "2", 2, 3), Op("read", "2", 4, 5), Op("read", "1", 6, 7)], SequentialObject.Register).Verdict);
    }

    [Fact]
    public void Lets_a_crashed_write_take_effect_late_once_or_never()
    {
        Operation crashed = Op("write", "1", 0, null);

        Assert.Equal(Verdict.Pass, Check([crashed, Op("read", null, 1, 2), Op("read", "1", 3, 4)], SequentialObject.Register).Verdict);
        Assert.Equal(Verdict.Pass, Check([crashed, Op("read", null, 1, 2)], SequentialObject.Register).Verdict);
        Assert.Equal(
            Verdict.Fail,
            Check([crashed, Op("read", "1", 1, 2), Op("write", "2", 3, 4), Op("read", "2", 5, 6), Op("read", "1", 7, 8)], SequentialObject.Register).Verdict);
    }

    [Fact]
    public void Shows_the_shortest_stretch_that_has_no_order_whatever_was_before()
    {
        Operation[] history =
        [
            .. Enumerable.Range(0, 200).SelectMany(i => new[] { Op("write", "1", 10 * i, 10 * i + 1), Op("read", "1", 10 * i + 2, 10 * i + 3) }),
            Op("write", "2", 3_000, 3_001),
            Op("read", "2", 3_002, 3_003),
            Op("read", "1", 3_004, 3_005),
            Op("write", "1", 3_006, 3_007),
        ];
        LinearizabilityResult result = Check(history, SequentialObject.Register);

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Equal([3_002L, 3_004L], result.Witness!.Operations.Select(o => o.Invoked.Ticks));
        Assert.Equal(Verdict.Fail, Check([.. result.Witness.Operations], SequentialObject.Register with { Initial = "2" }).Verdict);
    }

    [Fact]
    public void Takes_operations_that_merely_touch_as_concurrent() =>
        Assert.Equal(Verdict.Pass, Check([Op("write", "1", 0, 5), Op("read", null, 5, 6)], SequentialObject.Register).Verdict);

    [Fact]
    public void Judges_each_key_by_itself_and_names_the_one_that_is_wrong()
    {
        Operation[] history =
        [
            .. Enumerable.Range(0, 50).SelectMany(key => new[] { Op("write", "1", 0, 1) with { Key = $"k{key}" }, Op("read", "1", 2, 3) with { Key = $"k{key}" } }),
            Op("read", "7", 4, 5) with { Key = "k33" },
        ];
        LinearizabilityResult result = Check(history, SequentialObject.Register);

        Assert.Equal((Verdict.Fail, 50), (result.Verdict, result.Keys));
        Assert.StartsWith("Key k33: read of 7 by process 0", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_quick_with_many_crashed_writes_and_an_impossible_read()
    {
        Operation[] history =
        [
            .. Enumerable.Range(0, 18).Select(i => Op("write", $"{i}", i, null)),
            Op("cas", "[98 97]", 50, 60) with { Outcome = Outcome.Refused },    // or it would need no search
            .. Enumerable.Range(0, 18).Select(i => Op("read", $"{i}", 100 + 2 * i, 101 + 2 * i)).Take(6),
            Op("read", "99", 900, 901),
        ];
        LinearizabilityResult result = Check(history, SequentialObject.Register);

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.InRange(result.Nodes, 1, 5_000);
    }

    [Fact]
    public void Looks_at_hardly_more_nodes_than_there_are_operations_when_all_is_well() =>
        Assert.InRange(Check(Generated(20_000, 16, 1, 0), SequentialObject.Register).Nodes, 1, 20_000 * 10);

    [Fact]
    public void Does_not_know_when_its_limits_are_reached()
    {
        IReadOnlyList<Operation> history = Generated(30_000, 16, 1, 0);

        Assert.Equal(Verdict.Unknown, Check(history, SequentialObject.Register, new SearchLimits { VisitedNodes = 100 }).Verdict);
        Assert.Equal(Verdict.Unknown, Check(history, SequentialObject.Register, new SearchLimits { Time = TimeSpan.Zero }).Verdict);
    }

    [Fact]
    public void Gives_up_within_its_limits_on_a_history_made_to_be_hard()
    {
        // Any of 2^60 sets of writes may come before any other, and only the last read shows that none of it helps.
        Operation[] hard =
        [
            .. Enumerable.Range(0, 60).Select(i => Op("write", $"{i}", i, 10_000 + i) with { Process = i }),
            .. Enumerable.Range(0, 60).Select(i => Op("cas", $"[{i} {(i * 7 + 1) % 60}]", 100 + i, 20_000 + i) with { Process = 100 + i }),
            Op("read", "never written", 30_000, 30_001),
        ];
        LinearizabilityResult result = Check(hard, SequentialObject.Register, new SearchLimits { VisitedNodes = 50_000 });

        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.InRange(result.Nodes, 1, 10_000_000);
    }

    [Fact]
    public void Gives_up_before_texts_fill_the_memory()
    {
        string chunk = new('x', 20_000);
        Operation[] hard = [.. Enumerable.Range(0, 40).Select(i => Op("append", $"{chunk}{i}", i, 1_000 + i)), Op("get", "never there", 5_000, 5_001)];

        Assert.Equal(Verdict.Unknown, Check(hard, SequentialObject.KeyValue).Verdict);
    }

    [Fact]
    public void Does_not_know_when_more_is_open_at_once_than_it_can_hold() =>
        Assert.Equal(Verdict.Unknown, Check([.. Enumerable.Range(0, 200).Select(i => Op("write", "again", i, 1_000 + i))], SequentialObject.Register).Verdict);

    [Fact]
    public void Refuses_words_it_does_not_know() =>
        Assert.Contains("'pop'", Assert.Throws<FormatException>(() => Check([Op("pop", "1", 0, 1)], SequentialObject.Register)).Message, StringComparison.Ordinal);

    private static (SequentialObject About, Operation[] History) Small(string name, Random random) => name switch
    {
        "register" => (SequentialObject.Register, SmallHistory.Register(random, random.Next(2, 8))),
        "lenient-register" => (SequentialObject.Register with { RefusedCasAsserts = false, ReadOfNilSaysNothing = true, Initial = "0" }, SmallHistory.Register(random, random.Next(2, 8))),
        "key-value" => (SequentialObject.KeyValue, SmallHistory.KeyValue(random, random.Next(2, 8))),
        _ => (SequentialObject.Counter, SmallHistory.Counter(random, random.Next(2, 8))),
    };

    private static IReadOnlyList<Operation> Generated(int operations, int clients, int seed, double crashRatio, int? values = 5) =>
        GeneratedHistory.Register(new GeneratedHistoryOptions
        {
            Operations = operations,
            Clients = clients,
            Seed = seed,
            CrashRatio = crashRatio,
            Values = values,
            CasRatio = values is null ? 0 : 0.25,
        });

    private static Operation Op(string kind, string? value, int from, int? to) => new(
        0, kind, "k", value, TimeSpan.FromTicks(from), to is { } end ? TimeSpan.FromTicks(end) : null, to is null ? Outcome.Unknown : Outcome.Ok);

    private static LinearizabilityResult Check(IReadOnlyList<Operation> history, SequentialObject about, SearchLimits? limits = null) =>
        LinearizabilityChecker.Check(history, about, limits ?? Limits, TestContext.Current.CancellationToken);
}
