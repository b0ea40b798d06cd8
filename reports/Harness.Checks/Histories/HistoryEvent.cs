namespace Harness.Checks.Histories;

/// <summary>A line of somebody's history: that something was asked, or what came of it.</summary>
/// <param name="Line">Where it stands in the file, counted from 1.</param>
/// <param name="Process">The client; null for what is no client (a nemesis).</param>
/// <param name="Type">What kind of line it is.</param>
/// <param name="F">What was asked: <c>read</c>, <c>txn</c>.</param>
/// <param name="Key">What it was asked of; null when the file has no keys of its own.</param>
/// <param name="Value">What was written, or what was read.</param>
internal readonly record struct HistoryEvent(int Line, int? Process, EventType Type, string F, string? Key, object? Value);

internal enum EventType
{
    /// <summary>It came back without an answer, and may or may not have happened.</summary>
    Info,
    Invoke,
    Ok,
    Fail,
}
