using Harness.Checks.Cache;
using Harness.Records;

namespace Harness.Checks.Tests.Cache;

public sealed class FillRacesTests
{
    [Fact]
    public void Finds_a_version_that_came_back_once_however_many_read_it()
    {
        FillRace race = Assert.Single(FillRaces.Of([Read(4, 0, 5), Read(5, 10, 20), Read(4, 30, 40), Read(4, 35, 45), Read(5, 50, 60)]));

        Assert.Equal(("5", "4", 2), (race.Newer.Value, race.Older.Value, race.Reads));
        Assert.Equal(Read(4, 30, 40), race.Older);
    }

    [Theory]
    [InlineData(20)]    // at the very moment
    [InlineData(15)]
    public void Finds_nothing_in_reads_that_overlap(int from) => Assert.Empty(FillRaces.Of([Read(5, 10, 20), Read(4, from, 40)]));

    [Fact]
    public void Calls_an_old_copy_that_nobody_had_seen_replaced_stale_but_no_race() =>
        Assert.Empty(FillRaces.Of([Read(4, 0, 5), Read(5, 6, 8) with { Kind = "write" }, Read(4, 10, 20)]));

    [Fact]
    public void Keeps_entities_apart() => Assert.Empty(FillRaces.Of([Read(5, 0, 1), Read(4, 10, 20) with { Key = "other" }]));

    [Fact]
    public void Agrees_with_comparing_every_pair_of_thousands_of_small_histories()
    {
        var random = new Random(9);
        int found = 0;
        for (int round = 0; round < 3_000; round++)
        {
            Operation[] reads = [.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => random.Next(40)).Select(at => Read(random.Next(4), at, at + random.Next(9)))];
            long expected = reads.Count(older => reads.Any(newer => newer.Completed < older.Invoked && int.Parse(newer.Value!) > int.Parse(older.Value!)));
            found += expected > 0 ? 1 : 0;

            Assert.Equal(expected, FillRaces.Of(reads).Sum(race => race.Reads));
        }

        Assert.InRange(found, 300, 2_900);
    }

    private static Operation Read(int version, int from, int to) =>
        new(1, "read-product", "sku-1", $"{version}", TimeSpan.FromMilliseconds(from), TimeSpan.FromMilliseconds(to), Outcome.Ok);
}
