namespace Harness.Records;

/// <summary>What the files of a record are called.</summary>
public static class RecordFiles
{
    public const string Description = "run.json";
    public const string Events = "events.jsonl";
    public const string History = "history.bin";
    public const string Latency = "latency.hlog";
    public const string Series = "series.jsonl";
    public const string Audit = "audit.json";
    public const string Verdict = "verdict.json";
    public const string Logs = "logs";
}
