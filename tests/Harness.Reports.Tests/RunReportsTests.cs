using Harness.Records;

namespace Harness.Reports.Tests;

public sealed class RunReportsTests
{
    [Fact]
    public async Task Leaves_its_reports_beside_a_record_read_from_disk()
    {
        RunFacts sample = SampleRun.Facts();
        string runs = Directory.CreateTempSubdirectory("harness-reports-").FullName;
        try
        {
            string folder = await RecordedAsync(runs, sample);

            RunReports.Write(RunRecord.Open(folder), sample.Verdict);

            string html = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), TestContext.Current.CancellationToken);
            Assert.Contains("href=\"./latency.hlog\"", html, StringComparison.Ordinal);
            Assert.Contains("partition payments -", html, StringComparison.Ordinal);

            // The table of quantiles survived the way through the log.
            string summary = await File.ReadAllTextAsync(Path.Combine(folder, "summary.md"), TestContext.Current.CancellationToken);
            Assert.Equal(MarkdownSummary.Render(sample with { Description = RunRecord.Open(folder).Description }), summary);
            Assert.True(File.Exists(Path.Combine(folder, "junit.xml")));
            Assert.Empty(Directory.GetFiles(folder, "*.part"));
        }
        finally
        {
            Directory.Delete(runs, recursive: true);
        }
    }

    private static async Task<string> RecordedAsync(string runs, RunFacts facts)
    {
        var clock = new RunClock(new FakeTimeProvider(facts.Description.StartedAt));
        await using var writer = RunRecordWriter.Create(runs, facts.Description, clock);
        foreach (TimelineEvent happened in facts.Events)
            writer.Write(happened);
        foreach (SeriesSample second in facts.Series)
            writer.Write(second);
        foreach (LatencyInterval interval in facts.Latency)
            writer.Write(interval.Tag, interval.Start, interval.Length, interval.Microseconds);
        return writer.Folder;
    }
}
