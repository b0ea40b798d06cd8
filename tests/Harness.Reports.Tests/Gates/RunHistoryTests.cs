using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class RunHistoryTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"harness-{Guid.NewGuid():N}.jsonl");

    [Fact]
    public void Warns_when_a_level_changed_and_names_the_run_that_changed_it()
    {
        IReadOnlyList<GateResult> warnings = [];
        for (int day = 0; day < 24; day++)
            warnings = Note(day, day < 16 ? 100 + (day % 3) : 130 + (day % 3));

        GateResult warning = Assert.Single(warnings);
        Assert.Equal((GateLayer.History, Verdict.Unknown), (warning.Layer, warning.Verdict));
        Assert.Contains("with day-16", warning.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_a_run_once_and_survives_half_a_line()
    {
        Note(1, 100);
        File.AppendAllText(_file, "{\"gate\":");
        File.AppendAllText(_file, "\n");
        Note(1, 100);

        Assert.Equal(2, File.ReadAllLines(_file).Length);
    }

    public void Dispose() => File.Delete(_file);

    private IReadOnlyList<GateResult> Note(int day, double value)
    {
        RunFacts facts = SampleRun.Facts();
        RunFacts run = facts with { Description = facts.Description with { Id = $"day-{day}", StartedAt = DateTimeOffset.UnixEpoch.AddDays(day) } };
        var result = new GateResult { Layer = GateLayer.Absolute, Rule = "p99", Verdict = Verdict.Pass, Summary = "", Estimate = value };
        return RunHistory.Note(_file, new GateFile { Name = "nightly", File = "nightly.yaml" }, [run], [result]);
    }
}
