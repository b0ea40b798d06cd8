using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Tests.Sessions;

public sealed class SessionGuaranteesTests
{
    [Fact]
    public void Finds_a_read_that_misses_the_session_s_own_write()
    {
        SessionGuarantee found = Of("read-your-writes", Write(1, "a", 5), Read(1, "a", 4), Read(1, "a", 5), Read(2, "a", 4));

        Assert.Equal((2, 1), (found.Eligible, found.Violations));
        Assert.Equal(("5", "4"), (found.Pair!.Value.Earlier.Value, found.Pair.Value.Later.Value));
        Assert.Equal(5_000, found.ViolationsPer10000);
    }

    [Fact]
    public void Expects_nothing_of_a_write_whose_outcome_is_unknown() =>
        Assert.Equal(0, Of("read-your-writes", Write(1, "a", 5) with { Outcome = Outcome.Unknown }, Read(1, "a", 4)).Eligible);

    [Fact]
    public void Finds_a_version_that_falls_within_a_session_but_not_between_two()
    {
        Assert.Equal((1, 1), Counts(Of("monotonic-reads", Read(1, "a", 5), Read(1, "a", 4))));
        Assert.Equal((0, 0), Counts(Of("monotonic-reads", Read(1, "a", 5), Read(2, "a", 4))));
        Assert.Equal((2, 0), Counts(Of("monotonic-reads", Read(1, "a", 5), Read(1, "b", 1), Read(1, "a", 5), Read(1, "a", 6))));
    }

    [Fact]
    public void Compares_with_the_highest_version_seen_so_far() =>
        Assert.Equal((3, 2), Counts(Of("monotonic-reads", Read(1, "a", 5), Read(1, "a", 3), Read(1, "a", 4), Read(1, "a", 5))));

    [Fact]
    public void Finds_writes_of_a_session_that_were_put_in_another_order() =>
        Assert.Equal((2, 1), Counts(Of("monotonic-writes", Write(1, "a", 1), Write(1, "a", 3), Write(1, "a", 2))));

    [Fact]
    public void Finds_who_saw_the_second_write_of_a_session_but_not_the_first_though_they_are_of_different_keys()
    {
        Operation[] writes = [Write(1, "a", 5), Write(1, "b", 3)];

        Assert.Equal((1, 1), Counts(Of("monotonic-writes", [.. writes, Read(2, "b", 3), Read(2, "a", 4)])));
        Assert.Equal((1, 0), Counts(Of("monotonic-writes", [.. writes, Read(2, "b", 4), Read(2, "a", 5)])));
        Assert.Equal((0, 0), Counts(Of("monotonic-writes", [.. writes, Read(2, "b", 2), Read(2, "a", 4)])));
        Assert.Equal((0, 0), Counts(Of("monotonic-writes", [.. writes, Read(2, "a", 4), Read(2, "b", 3)])));
    }

    [Fact]
    public void Expects_no_order_of_two_sessions_writes_nor_of_one_whose_outcome_is_unknown()
    {
        Operation[] seen = [Read(3, "price", 3), Read(3, "stock", 6)];

        Assert.Equal((0, 0), Counts(Of("monotonic-writes", [Write(1, "stock", 7), Write(2, "price", 3), .. seen])));
        Assert.Equal((0, 0), Counts(Of("monotonic-writes", [Write(1, "stock", 7) with { Outcome = Outcome.Unknown }, Write(1, "price", 3), .. seen])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Agrees_across_keys_with_asking_every_four_operations(bool writesFollowReads)
    {
        var random = new Random(writesFollowReads ? 5 : 6);
        long violations = 0;
        for (int round = 0; round < 1_500; round++)
        {
            // Versions rise by the place in the history, so no key's own writes are out of order.
            Operation[] history = [.. Enumerable.Range(0, 16).Select(i => At(i, random.Next(3) == 0
                ? Write(random.Next(3), $"k{random.Next(3)}", i)
                : Read(random.Next(3), $"k{random.Next(3)}", random.Next(16))))];
            long expected = history.LongCount(read => read.Kind == "read" && BreaksAcrossKeys(read, history, firstIsRead: writesFollowReads));
            violations += expected;

            string name = writesFollowReads ? "writes-follow-reads" : "monotonic-writes";
            Assert.Equal(expected, SessionGuarantees.Of(history).Single(g => g.Name == name).Violations);
        }

        Assert.True(violations > 100, $"only {violations} violations in all the histories");
    }

    [Fact]
    public void Finds_who_saw_a_write_but_not_what_it_was_based_on()
    {
        Operation[] based = [Read(1, "stock", 7), Write(1, "price", 3)];

        Assert.Equal((1, 1), Counts(Of("writes-follow-reads", [.. based, Read(2, "price", 3), Read(2, "stock", 6)])));
        Assert.Equal((1, 0), Counts(Of("writes-follow-reads", [.. based, Read(2, "price", 4), Read(2, "stock", 7)])));
        Assert.Equal((0, 0), Counts(Of("writes-follow-reads", [.. based, Read(2, "price", 2), Read(2, "stock", 6)])));
        Assert.Equal((0, 0), Counts(Of("writes-follow-reads", [.. based, Read(2, "stock", 6), Read(2, "price", 3)])));
    }

    [Fact]
    public void Finds_nothing_where_every_read_sees_the_newest_state()
    {
        IReadOnlyList<SessionGuarantee> all = SessionGuarantees.Of(Atomic(20_000, seed: 1));

        Assert.All(all, guarantee => Assert.Equal(0, guarantee.Violations));
        Assert.All(all, guarantee => Assert.True(guarantee.Eligible > 1_000, guarantee.Name));
    }

    [Theory]
    [InlineData("read-your-writes")]
    [InlineData("monotonic-reads")]
    [InlineData("writes-follow-reads")]
    public void Finds_a_stale_read_put_into_a_right_history(string name)
    {
        // Every session wrote and read everything long before, so version 0 breaks each promise to it.
        Operation[] history = [.. Atomic(20_000, seed: 2)];
        int last = Array.FindLastIndex(history, o => o.Kind == "read");
        history[last] = history[last] with { Value = "0" };
        SessionGuarantee found = SessionGuarantees.Of(history).Single(g => g.Name == name);

        Assert.Equal(1, found.Violations);
        Assert.Equal(history[last], found.Pair!.Value.Later);
    }

    [Fact]
    public void Is_a_check_that_is_asked_by_name()
    {
        TestRecord record = TestRecord.Right();
        record.History.Add(Read(500, "sku-0", 5));
        record.History.Add(Read(500, "sku-0", 4) with { Invoked = TimeSpan.FromSeconds(4), Completed = TimeSpan.FromSeconds(5) });
        record.Expect.Add(new ChecksExpectation(["session-guarantees"]));
        RunVerdict verdict = Judge.Of(record.Open());

        Assert.Equal(Verdict.Fail, verdict.Verdict);
        Assert.Contains("monotonic-reads 1 of 1", verdict.Sentence, StringComparison.Ordinal);
    }

    // Somebody did `first` and then wrote `second`; this session saw `second` and now reads less than `first`.
    private static bool BreaksAcrossKeys(Operation read, Operation[] history, bool firstIsRead) => history.Any(second =>
        second.Kind == "write" && second.Key != read.Key
        && history.Any(seen => seen.Kind == "read" && seen.Process == read.Process && seen.Key == second.Key
            && seen.Invoked < read.Invoked && Version(seen) >= Version(second))
        && history.Any(first => first.Kind == (firstIsRead ? "read" : "write") && first.Process == second.Process && first.Key == read.Key
            && first.Invoked < second.Invoked && Version(first) > Version(read)));

    private static long Version(in Operation operation) => long.Parse(operation.Value!, System.Globalization.CultureInfo.InvariantCulture);

    private static Operation At(int place, Operation operation) =>
        operation with { Invoked = TimeSpan.FromTicks(2 * place), Completed = TimeSpan.FromTicks((2 * place) + 1) };

    private static (long, long) Counts(SessionGuarantee guarantee) => (guarantee.Eligible, guarantee.Violations);

    private static SessionGuarantee Of(string name, params Operation[] inOrder) => SessionGuarantees.Of(
        [.. inOrder.Select((o, i) => o with { Invoked = TimeSpan.FromTicks(2 * i), Completed = TimeSpan.FromTicks(2 * i + 1) })]).Single(g => g.Name == name);

    private static Operation Read(int process, string key, long version) =>
        new(process, "read", key, $"{version}", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), Outcome.Ok);

    private static Operation Write(int process, string key, long version) => Read(process, key, version) with { Kind = "write" };

    private static Operation[] Atomic(int count, int seed)
    {
        var random = new Random(seed);
        var versions = new Dictionary<string, long>();
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            string key = $"k{random.Next(6)}";
            bool isWrite = random.Next(4) == 0;
            long version = versions[key] = versions.GetValueOrDefault(key, 1) + (isWrite ? 1 : 0);
            var operation = new Operation(random.Next(5), isWrite ? "write" : "read", key, $"{version}", TimeSpan.FromTicks(2 * i), TimeSpan.FromTicks(2 * i + 1), Outcome.Ok);
            return operation;
        })];
    }
}
