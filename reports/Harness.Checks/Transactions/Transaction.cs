using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Transactions;

/// <summary>A transaction over lists or registers: what it wrote and what it read, in its own order.</summary>
/// <param name="Id">Its place in the history.</param>
/// <param name="Steps">What it did. Of one that did not commit the reads are unknown.</param>
/// <param name="Source">Where it came from.</param>
internal sealed record Transaction(int Id, IReadOnlyList<TransactionStep> Steps, ClientOperation Source)
{
    public bool Committed => Source.Outcome == Outcome.Ok;

    public bool Aborted => Source.Outcome == Outcome.Refused;

    public override string ToString() =>
        $"T{Id} (line {Source.Line}: {string.Join(", ", Steps.Select(step => step.ToString()))})";
}

/// <summary>One append or write, or one read.</summary>
/// <param name="Key">Of which list or register.</param>
/// <param name="Appended">What was appended or written; null for a read.</param>
/// <param name="Read">What was read: all of a list, or a register's value if it had one. Null for a write, and for a read that never
/// came back.</param>
/// <param name="OfRegister">Whether it is a register's.</param>
internal sealed record TransactionStep(string Key, string? Appended, IReadOnlyList<string>? Read, bool OfRegister = false)
{
    private const int ShownElements = 12;

    public override string ToString() => (OfRegister, Appended) switch
    {
        (true, not null) => $"write {Key} {Appended}",
        (true, null) => $"read {Key} {(Read is null ? "?" : Read.Count == 0 ? "nil" : Read[0])}",
        (false, not null) => $"append {Key} {Appended}",
        _ => $"read {Key} [{string.Join(' ', Shown())}]",
    };

    private IEnumerable<string> Shown() => Read is null ? ["?"] : Read.Count > ShownElements ? Read.TakeLast(ShownElements).Prepend("…") : Read;
}
