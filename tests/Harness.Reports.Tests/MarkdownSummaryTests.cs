namespace Harness.Reports.Tests;

public sealed class MarkdownSummaryTests
{
    [Fact]
    public void Writes_the_sample_run_as_in_the_golden_file() => Golden.Matches("summary.md", MarkdownSummary.Render(SampleRun.Facts()));

    [Fact]
    public void Lets_no_hostile_text_become_markup()
    {
        string text = MarkdownSummary.Render(HostileRun.Facts());
        string outsideCode = text[..text.IndexOf("To repeat it:", StringComparison.Ordinal)];

        Assert.DoesNotContain("<script", outsideCode, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", outsideCode, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", outsideCode, StringComparison.Ordinal);
        Assert.DoesNotContain("](", outsideCode.Replace("\\]", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_every_row_of_a_table_whole_whatever_its_texts_hold()
    {
        var rows = MarkdownSummary.Render(HostileRun.Facts()).Split('\n').Where(line => line.StartsWith("| ❌", StringComparison.Ordinal));

        string row = Assert.Single(rows);
        Assert.Equal(5, row.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|'));
    }

    [Fact]
    public void Fences_a_command_with_more_backticks_than_it_holds()
    {
        string text = MarkdownSummary.Render(HostileRun.Facts());

        Assert.Equal(2, text.Split('\n').Count(line => line == "````"));
    }
}
