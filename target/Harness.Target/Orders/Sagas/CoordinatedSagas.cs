using System.Data;

namespace Harness.Target.Orders.Sagas;

/// <summary>A coordinator leads: a new order's saga is written down at its first step, and the coordinator takes it from there.</summary>
public sealed class CoordinatedSagas(SagaCoordinator coordinator, ISagaCommands commands, ServiceOptions options) : ISagaStyle
{
    public void Begin(IDbConnection connection, Order order) => SagaLog.Begin(connection, FirstStep(order));

    public void Begun(Order order) => coordinator.Drive(FirstStep(order));

    public Task ReachAsync(CancellationToken cancellationToken) => commands.ReachAsync(cancellationToken);

    private Saga FirstStep(Order order) => new(order, options.Coordination == Coordination.TwoPhaseCommit ? SagaStep.Preparing : SagaStep.Charging, order.PlacedAt + options.SagaDeadline);
}
