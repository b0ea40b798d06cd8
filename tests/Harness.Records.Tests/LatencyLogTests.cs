using HdrHistogram;

namespace Harness.Records.Tests;

public sealed class LatencyLogTests : IAsyncLifetime
{
    private static readonly LatencyTag Checkout = new(Phase.Fault, "checkout", LatencyTag.Response);
    private readonly TemporaryFolder _folder = new();
    private string _path = "";
    private string _record = "";

    public async ValueTask InitializeAsync()
    {
        await using RunRecordWriter writer = RunRecordWriter.Create(_folder.Path, Descriptions.Of("hlog"), Descriptions.Clock());
        writer.Write(Checkout, TimeSpan.FromMicroseconds(1_500_001), TimeSpan.FromSeconds(1), Histogram(100, 250_000));
        writer.Write(Checkout, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), Histogram(3_000_000_000));
        writer.Write(LatencyTag.ForStep(Phase.Baseline, "a b/c,d", "place order"), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), Histogram());
        _record = writer.Folder;
        _path = Path.Combine(_record, "latency.hlog");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Opens_with_the_package_s_own_reader()
    {
        using FileStream file = File.OpenRead(_path);
        using var reader = new HistogramLogReader(file);
        HistogramBase[] read = [.. reader.ReadHistograms()];

        Assert.Equal(["fault/checkout/response", "fault/checkout/response", "baseline/a%20b%2Fc%2Cd/step:place%20order"], read.Select(h => h.Tag));
        Assert.Equal([2, 1, 0], read.Select(h => h.TotalCount));
        Assert.Equal(Descriptions.Start.ToUnixTimeMilliseconds() + 1500, read[0].StartTimeStamp);
        Assert.Equal(Descriptions.Start.UtcDateTime, reader.GetStartTime(), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Gives_back_tags_times_and_counts()
    {
        IReadOnlyList<LatencyInterval> read = RunRecord.Open(_record).Latency;

        Assert.Equal([Checkout, Checkout, LatencyTag.ForStep(Phase.Baseline, "a b/c,d", "place order")], read.Select(i => i.Tag));
        Assert.Equal("place order", read[2].Tag.Step);
        Assert.Equal(TimeSpan.FromMicroseconds(1_500_001), read[0].Start);
        Assert.Equal(TimeSpan.FromSeconds(1), read[0].Length);
        Assert.Equal(1, read[0].Microseconds.GetCountAtValue(250_000));
    }

    [Fact]
    public void Merges_the_intervals_of_a_tag_into_one_distribution()
    {
        HistogramBase merged = RunRecord.Open(_record).LatencyBy(Phase.Fault, "checkout", LatencyTag.Response);

        Assert.Equal(3, merged.TotalCount);
        Assert.Equal(100, merged.GetValueAtPercentile(1));
        Assert.InRange(merged.GetMaxValue(), 3_000_000_000, 3_003_000_000);
        Assert.Equal(0, RunRecord.Open(_record).LatencyBy(Phase.Recovery, "checkout", LatencyTag.Response).TotalCount);
    }

    [Fact]
    public void Ignores_a_torn_tail_wherever_it_was_cut()
    {
        string whole = File.ReadAllText(_path);
        int last = whole.LastIndexOf("Tag=", StringComparison.Ordinal);
        for (int length = last; length < whole.Length; length++)
        {
            File.WriteAllText(_path, whole[..length]);
            Assert.InRange(RunRecord.Open(_record).Latency.Count, 2, 3);    // 3 once the histogram itself is whole
        }
    }

    [Fact]
    public void Names_the_file_and_the_line_that_is_damaged()
    {
        string[] lines = File.ReadAllLines(_path);
        lines[5] = lines[5][..^20];
        File.WriteAllLines(_path, lines);

        Assert.Contains("latency.hlog, line 6", Assert.Throws<RecordException>(() => RunRecord.Open(_record).Latency).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_a_distribution_so_dense_that_it_decompresses_in_more_than_one_read()
    {
        var random = new Random(5);
        LongHistogram dense = Histogram([.. Enumerable.Range(0, 200_000).Select(_ => (long)Math.Exp(random.NextDouble() * 22))]);
        await using RunRecordWriter writer = RunRecordWriter.Create(_folder.Path, Descriptions.Of("dense"), Descriptions.Clock());
        writer.Write(Checkout, TimeSpan.Zero, TimeSpan.FromSeconds(1), dense);

        HistogramBase read = RunRecord.Open(writer.Folder).Latency[0].Microseconds;
        Assert.Equal(dense.RecordedValues().Select(v => (v.ValueIteratedTo, v.CountAtValueIteratedTo)), read.RecordedValues().Select(v => (v.ValueIteratedTo, v.CountAtValueIteratedTo)));
    }

    [Theory]
    [InlineData(0.5, 80)]
    [InlineData(0.99, 159)]    // 158.4 entries are not yet 99 %
    [InlineData(1, 160)]
    [InlineData(0.000001, 1)]
    public void Takes_quantiles_by_nearest_rank(double quantile, long expected)
    {
        LongHistogram histogram = Histogram([.. Enumerable.Range(1, 160).Select(i => (long)i)]);

        Assert.Equal(expected, histogram.AtQuantile((decimal)quantile));
    }

    [Fact]
    public void Has_no_quantile_of_nothing() => Assert.Throws<ArgumentException>(() => Histogram().AtQuantile(0.5m));

    private static LongHistogram Histogram(params long[] microseconds)
    {
        var histogram = new LongHistogram(1, 3_600_000_000, 3);
        foreach (long value in microseconds)
            histogram.RecordValue(value);
        return histogram;
    }
}
