using Harness.Checks.Cache;
using Harness.Records;

namespace Harness.Checks.Tests.Cache;

/// <summary>On the usual timeline: payments are cut off from redis from 5 s to 15 s, recovery until 20 s, so reads are judged from 19 s on.</summary>
public sealed class CacheUsedAgainCheckTests
{
    private readonly TestRecord _record = TestRecord.Right();

    public CacheUsedAgainCheckTests() => _record.Series.Clear();

    [Fact]
    public void Passes_reads_that_went_past_the_cache_only_while_it_was_away_and_soon_after()
    {
        Add((10, 0, 0, 0), (15, 10, 10, 400), (18, 500, 50, 450), (19, 700, 60, 450), (20, 900, 80, 451));

        CheckResult result = new CacheUsedAgainCheck().Judge(_record.Open());

        Assert.Equal((Verdict.Pass, 20d, 1d), (result.Verdict, result.Numbers["misses"], result.Numbers["bypasses"]));
    }

    [Fact]
    public void Fails_reads_that_still_go_past_it()
    {
        Add((10, 0, 0, 0), (15, 10, 10, 400), (19, 700, 60, 450), (20, 900, 80, 464));

        CheckResult result = new CacheUsedAgainCheck().Judge(_record.Open());

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains("14 of 20 misses (220 reads) gave up on the cache", result.Witness!.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_nothing_when_nobody_read_or_nothing_was_in_the_way()
    {
        Assert.Equal(Verdict.Unknown, new CacheUsedAgainCheck().Judge(_record.Open()).Verdict);
        _record.Events.RemoveAll(happened => happened.Subject == TestRecord.Fault);
        Add((19, 700, 60, 0), (20, 900, 80, 0));
        Assert.Equal(Verdict.Unknown, new CacheUsedAgainCheck().Judge(_record.Open()).Verdict);
    }

    private void Add(params (int Second, double Hits, double Misses, double Bypasses)[] samples) => _record.Series.AddRange(samples.Select(sample => new SeriesSample
    {
        At = TimeSpan.FromSeconds(sample.Second),
        Services = new Dictionary<string, ServiceSample>
        {
            ["inventory"] = new(null, null, new Dictionary<string, double>
            {
                ["cache_hits_total"] = sample.Hits, ["cache_misses_total"] = sample.Misses, ["cache_bypasses_total"] = sample.Bypasses,
            }),
        },
    }));
}
