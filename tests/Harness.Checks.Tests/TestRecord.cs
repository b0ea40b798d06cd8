using Harness.Records;

namespace Harness.Checks.Tests;

/// <summary>A run of the order system in which all went well; a test makes one thing wrong and opens it as a record.</summary>
internal sealed class TestRecord
{
    public const string Fault = "payments-cut";
    private const int Orders = 40;
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 22, 10, 5, TimeSpan.Zero);

    public List<Operation> History { get; } = [];
    public List<TimelineEvent> Events { get; } = [];
    public List<SeriesSample> Series { get; } = [];
    public List<LatencyInterval> Latency { get; } = [];
    public List<AuditedOrder> Book { get; } = [];
    public List<AuditedAccount> Accounts { get; } = [];
    public List<AuditedPayment> Payments { get; } = [];
    public List<LedgerEntry> Ledger { get; } = [];
    public List<AuditedProduct> Products { get; } = [];
    public List<StockMovement> Journal { get; } = [];
    public Dictionary<string, BusAudit> Buses { get; } = new() { ["orders"] = new(0, 0, 0), ["payments"] = new(0, 0, 0), ["inventory"] = new(0, 0, 0) };

    /// <summary>Services that could not be asked.</summary>
    public HashSet<string> Missing { get; } = [];

    public string Environment { get; set; } = "embedded";

    public bool HasAudit { get; set; } = true;

    public ProjectionAudit? Projection { get; set; }

    public WriteBackAudit? WriteBack { get; set; }

    public Dictionary<string, string> Target { get; } = [];

    public List<Expectation> Expect { get; } = [];

    public Prediction? Predicted { get; set; }

    public static TestRecord Right()
    {
        var record = new TestRecord();
        OrdersOfTheRun.Add(record, Orders);
        TimelineOfTheRun.Add(record);
        return record;
    }

    public RunRecord Open()
    {
        string runs = Directory.CreateTempSubdirectory("harness-checks-").FullName;
        try
        {
            RunRecord record = RunRecord.Open(WriteInto(runs));
            _ = (record.History, record.Events, record.Series, record.Latency, record.Audit);    // read now: the folder goes
            return record;
        }
        finally
        {
            Directory.Delete(runs, recursive: true);
        }
    }

    private string WriteInto(string runs)
    {
        using RunRecordWriter writer = RunRecordWriter.Create(runs, Description(), new RunClock(new FakeTimeProvider(Start)));
        foreach (Operation operation in History)
            writer.History.Record(operation);
        foreach (TimelineEvent happened in Events)
            writer.Write(happened);
        foreach (SeriesSample sample in Series)
            writer.Write(sample);
        foreach (LatencyInterval interval in Latency)
            writer.Write(interval.Tag, interval.Start, interval.Length, interval.Microseconds);
        if (HasAudit)
            writer.Write(Audit());
        writer.History.Flush();
        return writer.Folder;
    }

    private Audit Audit() => new(
        Missing.Contains("orders") ? null : new OrdersAudit { Orders = Book, Bus = Buses["orders"], Projection = Projection },
        Missing.Contains("payments") ? null : new PaymentsAudit { Accounts = Accounts, Payments = Payments, Ledger = Ledger, Bus = Buses["payments"] },
        Missing.Contains("inventory") ? null : new InventoryAudit { Products = Products, Journal = Journal, Bus = Buses["inventory"], WriteBack = WriteBack });

    private RunDescription Description() => new()
    {
        Id = "set by the writer",
        Experiment = "test",
        Seed = 1,
        Command = "harness run test.yaml --seed 1",
        HarnessVersion = "0.1.0",
        RuntimeVersion = "10.0.0",
        Machine = new MachineDescription("Linux", "X64", 2, 1L << 33),
        Environment = Environment,
        StartedAt = Start,
        Faults = [new PlannedFault(Fault, "partition", ["payments -> redis"], TimeSpan.Zero, TimeSpan.FromSeconds(10), new Dictionary<string, string>())],
        Target = Target,
        Expect = Expect,
        Predicted = Predicted,
    };
}
