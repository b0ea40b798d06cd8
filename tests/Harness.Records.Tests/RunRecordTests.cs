namespace Harness.Records.Tests;

public sealed class RunRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gives_back_the_description_with_everything_in_it()
    {
        RunDescription written = Descriptions.Of("whole") with
        {
            Hypothesis = "it holds",
            Target = new Dictionary<string, string> { ["reads"] = "cached" },
            Load = [new PlannedLoad("checkout", "poisson", 40)],
            Timeline = [new PlannedPhase(Phase.Fault, TimeSpan.FromSeconds(15))],
            Faults = [new PlannedFault("cut", "partition", ["payments -> redis"], TimeSpan.Zero, TimeSpan.FromSeconds(15), new Dictionary<string, string>())],
            Expect =
            [
                new AvailabilityExpectation("checkout", null, Phase.Fault, 0.99),
                new LatencyExpectation("browse", "read", Phase.Fault, 0.99m, TimeSpan.FromMilliseconds(80)),
                new SettledExpectation(TimeSpan.FromSeconds(15)),
                new ChecksExpectation(["money-conserved"]),
            ],
            Edges = ["client -> orders"],
        };
        RunDescription read = (await Record(written)).Description;

        Assert.Equivalent(written with { Id = read.Id }, read, strict: true);
        Assert.Equal(written.Expect.Select(e => e.GetType()), read.Expect.Select(e => e.GetType()));
    }

    [Fact]
    public async Task Gives_back_the_audit_and_metrics_that_are_no_numbers()
    {
        await using RunRecordWriter writer = RunRecordWriter.Create(_folder.Path, Descriptions.Of("audit"), Descriptions.Clock());
        var audit = new Audit(new OrdersAudit { Orders = [new AuditedOrder("o", "key", "sku", 2, 500, "CONFIRMED")] }, null, null);
        writer.Write(audit);
        writer.Write(new SeriesSample
        {
            At = TimeSpan.FromSeconds(1),
            Services = new Dictionary<string, ServiceSample> { ["orders"] = new(null, 5, new Dictionary<string, double> { ["lag"] = double.NaN }) },
        });
        RunRecord record = RunRecord.Open(writer.Folder);

        Assert.Equivalent(audit, record.Audit, strict: true);
        Assert.True(double.IsNaN(record.Series[0].Services["orders"].Metrics["lag"]));
    }

    [Fact]
    public async Task Ignores_a_torn_last_line_and_names_any_other_bad_line()
    {
        RunRecord record = await Record(Descriptions.Of("torn"), Event(1, EventKind.Note), Event(2, EventKind.Note));
        string path = Path.Combine(record.Folder, "events.jsonl");
        string whole = File.ReadAllText(path);
        int firstEnds = whole.IndexOf('\n', StringComparison.Ordinal) + 1;
        for (int length = firstEnds; length < whole.Length - 1; length++)
        {
            File.WriteAllText(path, whole[..length]);
            Assert.Single(RunRecord.Open(record.Folder).Events);
        }

        File.WriteAllText(path, whole.Insert(firstEnds, "{\"at\":oops}\n"));
        var thrown = Assert.Throws<RecordException>(() => RunRecord.Open(record.Folder).Events);
        Assert.Contains("events.jsonl, line 2", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_folder_that_is_no_record() =>
        Assert.Contains("run.json", Assert.Throws<RecordException>(() => RunRecord.Open(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Refuses_a_newer_format_and_a_damaged_description()
    {
        RunRecord record = await Record(Descriptions.Of("newer"));
        string path = Path.Combine(record.Folder, "run.json");
        string written = File.ReadAllText(path);

        File.WriteAllText(path, written.Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal));
        Assert.Contains("format 2", Assert.Throws<RecordException>(() => RunRecord.Open(record.Folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, written[..(written.Length / 2)]);
        Assert.Contains("run.json", Assert.Throws<RecordException>(() => RunRecord.Open(record.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Knows_when_phases_and_faults_really_were_even_if_the_run_broke_off()
    {
        RunRecord record = await Record(
            Descriptions.Of("windows"),
            Event(1, EventKind.PhaseStarted, "baseline"),
            Event(5, EventKind.PhaseEnded, "baseline"),
            Event(6, EventKind.PhaseStarted, "fault"),
            Event(7, EventKind.FaultInjected, "cut"),
            Event(8, EventKind.FaultEvidence, "cut", ("connections", 3)),
            Event(9, EventKind.FaultHealed, "cut"),
            Event(9, EventKind.FaultEvidence, "cut", ("connections", 4)),
            Event(10, EventKind.PhaseStarted, "recovery"),
            Event(11, EventKind.FaultInjected, "late"),
            Event(12, EventKind.HarnessFailed));

        Assert.Equal(
            [new(Phase.Baseline, S(1), S(5)), new(Phase.Fault, S(6), S(10)), new PhaseWindow(Phase.Recovery, S(10), S(12))],
            record.Phases);
        Assert.Equal([("cut", S(7), S(9)), ("late", S(11), null)], record.Faults.Select(f => (f.Name, f.Start, f.End)));
        Assert.Equal(4, record.Faults[0].Evidence?["connections"]);
        Assert.Null(record.Faults[1].Evidence);
    }

    private async Task<RunRecord> Record(RunDescription description, params TimelineEvent[] events)
    {
        await using RunRecordWriter writer = RunRecordWriter.Create(_folder.Path, description, Descriptions.Clock());
        foreach (TimelineEvent happened in events)
            writer.Write(happened);
        return RunRecord.Open(writer.Folder);
    }

    private static TimelineEvent Event(int second, EventKind kind, string? subject = null, params (string Name, double Number)[] numbers) => new()
    {
        At = S(second),
        Kind = kind,
        Subject = subject,
        Numbers = numbers.Length == 0 ? null : numbers.ToDictionary(n => n.Name, n => n.Number),
    };

    private static TimeSpan S(int seconds) => TimeSpan.FromSeconds(seconds);
}
