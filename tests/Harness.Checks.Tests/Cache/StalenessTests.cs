using Harness.Checks.Cache;
using Harness.Records;

namespace Harness.Checks.Tests.Cache;

public sealed class StalenessTests
{
    [Fact]
    public void Measures_a_read_behind_an_acknowledged_write_in_versions_and_time()
    {
        StalenessMeasure found = Staleness.Of([Write(3, 0, 10), Write(5, 20, 30), Read(3, 45, 50), Read(5, 60, 70)]);

        Assert.Equal((2, 1, 2), (found.Reads, found.Stale, found.LagVersionsP99));
        Assert.Equal(TimeSpan.FromMilliseconds(15), found.LagMax);
        Assert.InRange(found.LagP99, TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(15.1));
        Assert.Equal(Read(3, 45, 50), found.Worst);
    }

    [Fact]
    public void Counts_the_lag_from_the_first_newer_version() =>
        Assert.Equal(TimeSpan.FromMilliseconds(90), Staleness.Of([Write(1, 0, 1), Write(2, 5, 10), Write(3, 15, 20), Read(1, 100, 101)]).LagMax);

    [Fact]
    public void Takes_what_another_reader_saw_for_known() =>
        Assert.Equal(1, Staleness.Of([Read(5, 0, 10), Read(4, 20, 30)]).Stale);

    [Theory]
    [InlineData(9)]     // began before the write was acknowledged
    [InlineData(10)]    // at the very moment
    public void Calls_no_read_stale_that_overlaps_the_write(int from) => Assert.Equal(0, Staleness.Of([Write(2, 0, 10), Read(1, from, 20)]).Stale);

    [Fact]
    public void Lets_a_write_of_unknown_outcome_make_nothing_stale() =>
        Assert.Equal(0, Staleness.Of([Write(2, 0, 10) with { Outcome = Outcome.Unknown }, Read(1, 20, 30)]).Stale);

    [Fact]
    public void Compares_no_entity_with_another() => Assert.Equal(0, Staleness.Of([Write(2, 0, 10) with { Key = "other" }, Read(1, 20, 30)]).Stale);

    [Fact]
    public void Agrees_with_comparing_every_read_with_everything_before_it()
    {
        var random = new Random(9);
        for (int round = 0; round < 500; round++)
        {
            Operation[] history = [.. Enumerable.Range(0, 30).Select(_ =>
            {
                int from = random.Next(100);
                Operation read = Read(random.Next(8), from, from + random.Next(20)) with { Key = $"k{random.Next(2)}" };
                return random.Next(3) == 0 ? read with { Kind = "write" } : read;
            })];
            long expected = history.Count(r => r.Kind == "read"
                && history.Any(o => o.Key == r.Key && o.Completed < r.Invoked && long.Parse(o.Value!) > long.Parse(r.Value!)));

            Assert.Equal(expected, Staleness.Of(history).Stale);
        }
    }

    private static Operation Read(long version, int from, int to) =>
        new(0, "read", "k", $"{version}", TimeSpan.FromMilliseconds(from), TimeSpan.FromMilliseconds(to), Outcome.Ok);

    private static Operation Write(long version, int from, int to) => Read(version, from, to) with { Kind = "write" };
}
