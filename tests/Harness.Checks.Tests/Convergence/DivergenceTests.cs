using Harness.Checks.Convergence;
using Harness.Records;

namespace Harness.Checks.Tests.Convergence;

public sealed class DivergenceTests
{
    [Fact]
    public void Lasts_from_the_first_word_of_a_newer_version_to_the_last_read_of_an_older_one()
    {
        Disagreement found = Assert.Single(Divergence.Of([Write("a", 2, 0, 10), Read("a", 1, 15, 16), Read("a", 1, 40, 45), Read("a", 2, 60, 61)]).Disagreements);

        Assert.Equal((Ms(10), Ms(40)), (found.From, found.Until));
        Assert.Equal("1", found.LastRead.Value);
    }

    [Fact]
    public void Is_two_times_when_the_entity_agreed_in_between()
    {
        Operation[] history = [Write("a", 2, 0, 10), Read("a", 1, 20, 21), Read("a", 2, 30, 31), Write("a", 3, 40, 50), Read("a", 2, 70, 71)];

        Assert.Equal([(Ms(10), Ms(20)), (Ms(50), Ms(70))], Divergence.Of(history).Disagreements.Select(d => (d.From, d.Until)));
        Assert.Equal(Ms(30), Divergence.Of(history).EntityTime);
    }

    [Fact]
    public void Is_nothing_where_every_read_sees_the_newest_version()
    {
        var divergence = Divergence.Of([Write("a", 2, 0, 10), Read("a", 1, 9, 20), Read("a", 2, 21, 22)]);

        Assert.Empty(divergence.Disagreements);
        Assert.Equal(0, divergence.Peak);
        Assert.Equal(Ms(21), divergence.LastRead);
    }

    [Theory]
    [InlineData(30, 2)]     // overlap
    [InlineData(20, 1)]     // only touch
    public void Counts_at_its_peak_what_disagrees_at_one_moment(int until, int peak)
    {
        var divergence = Divergence.Of([Write("a", 2, 0, 10), Read("a", 1, until, until + 1), Write("b", 2, 0, 20), Read("b", 1, 50, 51)]);

        Assert.Equal(peak, divergence.Peak);
    }

    [Fact]
    public void Says_of_each_entity_how_long_after_healing_it_agreed()
    {
        Operation[] history =
        [
            Write("late", 2, 0, 10), Read("late", 1, 130, 131),
            Write("early", 2, 0, 10), Read("early", 1, 50, 51), Read("early", 2, 140, 141),
            Write("unread", 2, 0, 10), Read("unread", 1, 60, 61),
        ];

        Assert.Equal(
            [new EntityConvergence("early", TimeSpan.Zero), new EntityConvergence("late", Ms(30))],
            Divergence.Of(history).After(Ms(100)).OrderBy(e => e.Key));
    }

    [Fact]
    public void Refuses_to_be_sampled_without_a_step() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Divergence.Of([]).Sampled(TimeSpan.Zero));

    [Fact]
    public void Agrees_moment_by_moment_with_asking_every_pair_of_reads_and_answers()
    {
        var random = new Random(17);
        int disagreed = 0;
        for (int round = 0; round < 300; round++)
        {
            Operation[] history = [.. Enumerable.Range(0, 25).Select(_ => Any(random))];
            var sampled = Divergence.Of(history).Sampled(Ms(1));
            foreach ((TimeSpan at, int entities) in sampled)
                Assert.Equal(history.Select(o => o.Key).Distinct().Count(key => DisagreesAt(key, at, history)), entities);
            disagreed += sampled.Count(s => s.Entities > 0);
        }

        Assert.True(disagreed > 1_000, $"only {disagreed} moments were worth comparing");
    }

    // From its definition: some read from this moment on got less than some answer that had come by this moment.
    private static bool DisagreesAt(string key, TimeSpan at, Operation[] history) => history.Any(read =>
        read.Key == key && read.Kind == "read" && read.Invoked > at
        && history.Any(o => o.Key == key && o.Completed <= at && o.Completed < read.Invoked && long.Parse(o.Value!) > long.Parse(read.Value!)));

    private static Operation Any(Random random)
    {
        int from = random.Next(60);
        Operation read = Read($"k{random.Next(3)}", random.Next(6), from, from + random.Next(10));
        return random.Next(3) == 0 ? read with { Kind = "write" } : read;
    }

    private static Operation Read(string key, long version, int from, int to) => new(0, "read", key, $"{version}", Ms(from), Ms(to), Outcome.Ok);

    private static Operation Write(string key, long version, int from, int to) => Read(key, version, from, to) with { Kind = "write" };

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
