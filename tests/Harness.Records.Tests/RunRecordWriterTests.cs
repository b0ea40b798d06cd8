using HdrHistogram;

namespace Harness.Records.Tests;

public sealed class RunRecordWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Names_the_folder_after_start_and_experiment_and_never_takes_one_that_exists()
    {
        var names = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            await using RunRecordWriter writer = Create("payments-partition");
            names.Add(Path.GetFileName(writer.Folder));
            Assert.Equal(names[^1], RunRecord.Open(writer.Folder).Description.Id);
        }

        Assert.Equal(["20261122T221005Z-payments-partition", "20261122T221005Z-payments-partition-2", "20261122T221005Z-payments-partition-3"], names);
    }

    [Fact]
    public async Task Gives_each_of_many_that_start_at_once_a_folder_of_its_own()
    {
        RunRecordWriter[] writers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Create("same"))));
        foreach (RunRecordWriter writer in writers)
            await writer.DisposeAsync();

        Assert.Equal(8, writers.Select(w => w.Folder).Distinct().Count());
    }

    [Theory]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("two words: ☂", "two-words")]
    [InlineData("", "unnamed")]
    [InlineData("..", "unnamed")]
    public async Task Keeps_folders_and_logs_inside_whatever_things_are_called(string name, string safe)
    {
        await using RunRecordWriter writer = Create(name);

        Assert.Equal(_folder.File("20261122T221005Z-" + safe), writer.Folder);
        Assert.Equal(Path.Combine(writer.Folder, "logs", safe + ".log"), writer.LogFile(name));
        Assert.True(Directory.Exists(Path.GetDirectoryName(writer.LogFile(name))));
    }

    [Fact]
    public void Says_where_a_record_cannot_be_written()
    {
        File.WriteAllText(_folder.File("taken"), "a file");

        var thrown = Assert.Throws<RecordException>(() => RunRecordWriter.Create(_folder.File("taken"), Descriptions.Of("x"), Descriptions.Clock()));
        Assert.Contains(_folder.File("taken"), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_flushed_everything_once_a_sample_is_written()
    {
        await using RunRecordWriter writer = Create("flushed");
        Operation[] history = RandomHistory.Of(5, seed: 1);
        foreach (Operation operation in history)
            writer.History.Record(operation);
        writer.Write(new TimelineEvent { At = TimeSpan.FromSeconds(1), Kind = EventKind.Note });
        writer.Write(new LatencyTag(Phase.Fault, "checkout", LatencyTag.Response), TimeSpan.Zero, TimeSpan.FromSeconds(1), new LongHistogram(1, 1000, 3));
        writer.Write(new SeriesSample { At = TimeSpan.FromSeconds(1) });

        RunRecord record = RunRecord.Open(writer.Folder);    // while the writer is still open
        Assert.Equal(history, record.History);
        Assert.Single(record.Events);
        Assert.Single(record.Series);
        Assert.Single(record.Latency);
    }

    [Fact]
    public async Task Replaces_a_verdict_whole_and_leaves_no_temporary_file()
    {
        await using RunRecordWriter writer = Create("verdict");
        writer.Write(new RunVerdict { Verdict = Verdict.Fail, Sentence = "first", Results = [] });
        RunRecordWriter.WriteVerdict(writer.Folder, new RunVerdict { Verdict = Verdict.Pass, Sentence = "second", Results = [] });

        Assert.Equal("second", RunRecord.Open(writer.Folder).Verdict?.Sentence);
        Assert.Empty(Directory.GetFiles(writer.Folder, "*.tmp"));
    }

    private RunRecordWriter Create(string experiment) =>
        RunRecordWriter.Create(_folder.Path, Descriptions.Of(experiment), Descriptions.Clock());
}
