using Harness.Records;

namespace Harness.Reports.Tests;

/// <summary>Records that were written once and are never written again: whatever the format becomes, they must stay readable.</summary>
public sealed class StoredRecordTests
{
    [Fact]
    public void Renders_a_record_of_format_1_as_it_did_when_it_was_new()
    {
        RunRecord record = RunRecord.Open(Path.Combine(AppContext.BaseDirectory, "Golden", "record-1"));

        Golden.Matches("record-1.md", MarkdownSummary.Render(record, record.Verdict!));
        Golden.Matches("record-1.junit.xml", JUnitXml.Render(record, record.Verdict!));
    }

    [Fact]
    public void Shows_every_part_of_a_record_of_format_1_on_the_page()
    {
        RunRecord record = RunRecord.Open(Path.Combine(AppContext.BaseDirectory, "Golden", "record-1"));

        string html = HtmlPage.Render(record, record.Verdict!);

        Assert.Contains("charged twice", html, StringComparison.Ordinal);
        Assert.Contains("connectionsRefused", html, StringComparison.Ordinal);
        Assert.Contains("id=\"chart-latency-1\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"./history.bin\"", html, StringComparison.Ordinal);
    }
}
