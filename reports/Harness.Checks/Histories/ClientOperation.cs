using Harness.Records;

namespace Harness.Checks.Histories;

/// <summary>An operation of somebody's history, with its value still in parts: a transaction, a set of accounts.</summary>
/// <param name="Process">The client.</param>
/// <param name="F">What was asked.</param>
/// <param name="Key">What it was asked of; null when the file has no keys of its own.</param>
/// <param name="Value">What came back when something did, else what was asked with.</param>
/// <param name="Invoked">The order of the lines is the only time: ticks are lines.</param>
/// <param name="Completed">Null when nothing came of it.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Line">Where it was asked, counted from 1.</param>
internal sealed record ClientOperation(
    int Process, string F, string? Key, object? Value, TimeSpan Invoked, TimeSpan? Completed, Outcome Outcome, int Line)
{
    /// <summary>As the run record has it.</summary>
    public Operation ToOperation(string kind, string? value) => new(Process, kind, Key ?? "", value, Invoked, Completed, Outcome);

    /// <summary>As the run record has it, for a witness.</summary>
    public Operation ToOperation() => ToOperation(F, Form.TextOrNull(Value));
}
