namespace Harness.Target.Orders.Sagas;

/// <summary>The plan that a coordinator follows: <see cref="SagaMove"/>, but for the rows that a planted bug has wrong.</summary>
public sealed class SagaPlan(Bug bug)
{
    /// <inheritdoc cref="SagaMove.After"/>
    public SagaMove After(SagaStep step, bool succeeded) => (bug, step, succeeded) switch
    {
        (Bug.CompensationOutOfOrder, SagaStep.Refunding, true) => new(SagaStep.Releasing, null),
        (Bug.CompensationOutOfOrder, SagaStep.Releasing, true) => new(SagaStep.Ended, null),
        (Bug.ConfirmedBeforeStock, SagaStep.Charging, true) => new(SagaStep.Reserving, OrderBook.Confirmed),
        (Bug.ConfirmedBeforeStock, SagaStep.Reserving, false) => new(SagaStep.Refunding, null),
        (Bug.ConfirmedBeforeStock, SagaStep.Selling, true) => new(SagaStep.Ended, null),
        _ => SagaMove.After(step, succeeded),
    };

    /// <inheritdoc cref="SagaMove.WhenLate"/>
    public SagaMove? WhenLate(SagaStep step) => (bug, step) switch
    {
        (Bug.CompensationOutOfOrder or Bug.ReservationLeakedOnCancel, SagaStep.Reserving) => new(SagaStep.Refunding, OrderBook.Cancelled),
        (Bug.ConfirmedBeforeStock, SagaStep.Reserving) => new(SagaStep.Releasing, null),
        _ => SagaMove.WhenLate(step),
    };
}
