using Harness.Checks.Cache;
using Harness.Records;

namespace Harness.Checks.Tests.Cache;

public sealed class CacheChecksTests
{
    [Theory]
    [InlineData("cache-fill-race")]
    [InlineData("cache-writes-kept")]
    [InlineData("cache-loads")]
    public void Are_only_asked_by_name_and_know_nothing_of_a_run_that_read_no_product(string name)
    {
        ICheck check = Judge.All.Single(known => known.Name == name);
        TestRecord record = TestRecord.Right();
        record.Series.Clear();

        Assert.False(check.AskedByDefault);
        Assert.Equal(Verdict.Unknown, check.Judge(record.Open()).Verdict);
    }

    [Fact]
    public void Find_a_version_that_was_shown_but_is_not_in_the_database()
    {
        TestRecord record = TestRecord.Right();
        record.History.Add(Read("sku-1", 1, 2));
        Assert.Equal(Verdict.Pass, new CacheWritesKeptCheck().Judge(record.Open()).Verdict);

        record.History.Add(Read("sku-1", 4, 3));
        record.History.Add(Read("sku-1", 3, 3.5));
        CheckResult lost = new CacheWritesKeptCheck().Judge(record.Open());
        Assert.Equal((Verdict.Fail, 3), (lost.Verdict, lost.Numbers["lostVersions"]));
        Assert.Contains("up to version 4 for 0.5 s, but the database has version 1", lost.Witness!.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Believe_the_service_that_counts_what_its_cache_has_lost()
    {
        TestRecord record = TestRecord.Right();
        record.History.Add(Read("sku-1", 1, 2));
        record.WriteBack = new WriteBackAudit(30, 0, 0, 0);
        Assert.Equal(Verdict.Pass, new CacheWritesKeptCheck().Judge(record.Open()).Verdict);

        record.WriteBack = new WriteBackAudit(30, 0, 2, 0);
        CheckResult lost = new CacheWritesKeptCheck().Judge(record.Open());
        Assert.Equal((Verdict.Fail, 2), (lost.Verdict, lost.Numbers["lostByItsOwnCount"]));
    }

    [Fact]
    public void Say_when_and_under_what_the_cache_went_back()
    {
        TestRecord record = TestRecord.Right();
        record.History.AddRange([Read("sku-1", 2, 1), Read("sku-1", 1, 2), Read("sku-1", 1, 3)]);
        CheckResult found = new CacheFillRaceCheck().Judge(record.Open());

        Assert.Equal((Verdict.Fail, 1, 2), (found.Verdict, found.Numbers["fillRaces"], found.Numbers["readsOfOlder"]));
        Assert.Contains("at 2.000 s", found.Witness!.Facts[0], StringComparison.Ordinal);
        Assert.Equal(["2", "1"], found.Witness.Operations.Select(o => o.Value));
    }

    [Fact]
    public void Blame_no_cache_for_what_was_read_past_it()
    {
        TestRecord record = TestRecord.Right();
        record.History.AddRange([Read("sku-1", 2, 1), Read("sku-1", 1, 2)]);
        record.Series.Clear();
        record.Series.AddRange([Sample(1, 7, "cache_bypasses_total"), Sample(2, 8, "cache_bypasses_total")]);
        CheckResult found = new CacheFillRaceCheck().Judge(record.Open());

        Assert.Equal((Verdict.Unknown, 0, 1), (found.Verdict, found.Numbers["fillRaces"], found.Numbers["undecided"]));
    }

    [Theory]
    [InlineData(40, Verdict.Pass)]
    [InlineData(5_000, Verdict.Fail)]
    public void Count_loads_for_which_there_was_no_reason(int loads, Verdict expected)
    {
        TestRecord record = TestRecord.Right();
        record.Series.Clear();
        record.Series.AddRange([Sample(1, loads / 2), Sample(2, 0), Sample(3, loads - loads / 2)]);    // it was restarted in between
        CheckResult found = new CacheLoadsCheck().Judge(record.Open());

        Assert.Equal((expected, loads), (found.Verdict, found.Numbers["loads"]));
        Assert.Equal(loads - loads / 2, found.Numbers["loadsPeakPerSecond"]);
    }

    [Fact]
    public void Take_the_time_to_live_that_was_set_for_the_run()
    {
        TestRecord record = TestRecord.Right();
        record.Series.Clear();
        record.Series.AddRange([Sample(1, 0), Sample(3, 5_000)]);
        record.Target["cache-ttl"] = "1ms";

        Assert.Equal(Verdict.Pass, new CacheLoadsCheck().Judge(record.Open()).Verdict);
    }

    [Fact]
    public void Take_a_value_that_was_loaded_before_its_time_was_over_for_a_reason()
    {
        TestRecord record = TestRecord.Right();
        record.Series.Clear();
        record.Series.AddRange([Sample(1, 0), Sample(3, 5_000)]);
        record.Series.AddRange([Sample(1, 0, "cache_early_refreshes_total"), Sample(3, 5_000, "cache_early_refreshes_total")]);

        Assert.Equal(Verdict.Pass, new CacheLoadsCheck().Judge(record.Open()).Verdict);
    }

    private static SeriesSample Sample(int second, double count, string metric = "cache_loads_total") => new()
    {
        At = TimeSpan.FromSeconds(second),
        Services = new Dictionary<string, ServiceSample>
        {
            ["orders"] = new(null, null, new Dictionary<string, double>()),
            ["inventory"] = new(null, null, new Dictionary<string, double> { [metric] = count }),
        },
    };

    private static Operation Read(string sku, long version, double at) =>
        new(1, "read-product", sku, $"{version}", TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 0.01), Outcome.Ok);
}
