namespace Harness.Records;

/// <summary>One call of one client and what came of it: a line of the history that the checks judge.</summary>
/// <param name="Process">The logical client; one process never has two operations open at once.</param>
/// <param name="Kind">What was asked, as a short word: <c>place-order</c>, <c>read-order</c>, <c>read-product</c>.</param>
/// <param name="Key">The entity it was asked of: an order id, a SKU.</param>
/// <param name="Value">What was written, or what was read; null when nothing came back.</param>
/// <param name="Invoked">When the call was sent, since the start of the run.</param>
/// <param name="Completed">When its answer arrived; null when none ever did.</param>
/// <param name="Outcome">Whether it took effect; <see cref="Outcome.Unknown"/> keeps it open to the end of the history.</param>
public readonly record struct Operation(
    int Process,
    string Kind,
    string Key,
    string? Value,
    TimeSpan Invoked,
    TimeSpan? Completed,
    Outcome Outcome);
