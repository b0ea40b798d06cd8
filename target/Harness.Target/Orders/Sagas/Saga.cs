namespace Harness.Target.Orders.Sagas;

/// <summary>An order's saga under a coordinator, as it was last written down.</summary>
/// <param name="Order">What it is for.</param>
/// <param name="Step">What is to be done next, or has been begun.</param>
/// <param name="DueAt">When it is given up, unless it is past that point.</param>
public sealed record Saga(Order Order, SagaStep Step, DateTimeOffset DueAt);

/// <summary>
/// The steps of a coordinated saga. One is written down before it is acted on, so that whoever finds it may act again:
/// <code>
/// CHARGING ──paid──▶ RESERVING ──reserved──▶ SELLING ──sold──▶ ENDED, order CONFIRMED
///   │ declined: ENDED  │ short: REFUNDING
///   │ late: REFUNDING  │ late: RELEASING ──released──▶ REFUNDING ──refunded──▶ ENDED
/// </code>
/// The order is CANCELLED in the commit that leaves the upper line; what was done is then undone, the last first. From SELLING on there is
/// only forward. A two-phase commit goes its own way:
/// <code>
/// PREPARING ──all voted for it──▶ COMMITTING ──all committed──▶ ENDED, order CONFIRMED
///   │ one voted against, or late: ABORTING ──all rolled back──▶ ENDED, order CANCELLED
/// </code>
/// </summary>
public enum SagaStep
{
    Charging,
    Reserving,
    Selling,
    Releasing,
    Refunding,
    Preparing,
    Committing,
    Aborting,
    Ended,
}

/// <summary>Where a saga goes next, and what that makes of its order; null for nothing.</summary>
public readonly record struct SagaMove(SagaStep To, string? OrderStatus)
{
    /// <summary>After a step was done.</summary>
    /// <param name="succeeded">False when Payments declined or Inventory was short, which only steps that ask something can be.</param>
    /// <exception cref="InvalidOperationException">The step cannot end like that.</exception>
    public static SagaMove After(SagaStep step, bool succeeded) => (step, succeeded) switch
    {
        (SagaStep.Charging, true) => new(SagaStep.Reserving, null),
        (SagaStep.Charging, false) => new(SagaStep.Ended, OrderBook.Cancelled),
        (SagaStep.Reserving, true) => new(SagaStep.Selling, null),
        (SagaStep.Reserving, false) => new(SagaStep.Refunding, OrderBook.Cancelled),
        (SagaStep.Selling, true) => new(SagaStep.Ended, OrderBook.Confirmed),
        (SagaStep.Releasing, true) => new(SagaStep.Refunding, null),
        (SagaStep.Refunding, true) => new(SagaStep.Ended, null),
        (SagaStep.Preparing, true) => new(SagaStep.Committing, null),
        (SagaStep.Preparing, false) => new(SagaStep.Aborting, null),
        (SagaStep.Committing, true) => new(SagaStep.Ended, OrderBook.Confirmed),
        (SagaStep.Aborting, true) => new(SagaStep.Ended, OrderBook.Cancelled),
        _ => throw new InvalidOperationException($"{step} cannot end with {(succeeded ? "success" : "a refusal")}."),
    };

    /// <summary>When the deadline is over before the step is done. Whether it took effect is not known, so it is undone as well.</summary>
    /// <returns>Null where it is too late to give up.</returns>
    public static SagaMove? WhenLate(SagaStep step) => step switch
    {
        SagaStep.Charging => new(SagaStep.Refunding, OrderBook.Cancelled),
        SagaStep.Reserving => new(SagaStep.Releasing, OrderBook.Cancelled),
        SagaStep.Preparing => new(SagaStep.Aborting, null),
        _ => null,
    };
}
