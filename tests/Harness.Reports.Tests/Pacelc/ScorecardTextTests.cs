using System.Text.Json;
using Harness.Checks.Pacelc;
using Harness.Records;
using Harness.Reports.Pacelc;

namespace Harness.Reports.Tests.Pacelc;

public sealed class ScorecardTextTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fits_a_hundred_columns(int modes)
    {
        string[] lines = ScorecardText.Of(SampleCard.Card(modes)).Split('\n');

        Assert.All(lines, line => Assert.True(line.Length <= ScorecardText.Width, $"{line.Length}: {line}"));
        Assert.Contains(lines, line => line.Contains("strong", StringComparison.Ordinal) && line.Contains("PC/EC", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("stale reads", StringComparison.Ordinal) && line.Contains("0 of 1000, < 3/1000", StringComparison.Ordinal));
    }

    [Fact]
    public void Says_the_defect_first() =>
        Assert.Contains("    DEFECT    Neither available nor consistent under the cut.", ScorecardText.Of(SampleCard.Card()), StringComparison.Ordinal);

    [Fact]
    public void Is_written_as_JSON_that_reads_back()
    {
        Scorecard card = SampleCard.Card();
        string json = ScorecardFiles.Json(card);

        Scorecard read = JsonSerializer.Deserialize<Scorecard>(json, RecordJson.Document)!;
        Assert.Equal(json, ScorecardFiles.Json(read));
        Assert.Equal((1, Verdict.Fail, Choice.Neither), (read.FormatVersion, read.Verdict, read.Labels[2].UnderPartition));
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal("neither", document.RootElement.GetProperty("labels")[2].GetProperty("underPartition").GetString());
        Assert.Equal(10_000_000, document.RootElement.GetProperty("design").GetProperty("normal").GetInt64());
    }
}
