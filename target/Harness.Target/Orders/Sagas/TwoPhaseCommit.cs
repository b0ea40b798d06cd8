using Harness.Target.Commands;
using Harness.Target.Resilience;
using Harness.Target.Storage;

namespace Harness.Target.Orders.Sagas;

/// <summary>
/// The coordinator's side of a two-phase commit over three databases (Gray, 1978; presumed abort: Mohan, Lindsay and Obermarck, 1986). Its log is <see cref="SagaLog"/>:
/// <see cref="SagaStep.Committing"/> written there is the decision, and an order that is not there, or was cancelled there, is rolled back wherever it turns up.
/// </summary>
/// <remarks>
/// Everybody is asked in the same order, so no two transactions wait for each other in two databases. All orders pay to one account, whose row a
/// prepared payment holds until the decision has arrived: while one is in doubt nobody else pays. That is the price of the protocol, and what there is to see.
/// </remarks>
internal sealed class TwoPhaseCommit(PreparedTransactions own, EdgeClient payments, EdgeClient inventory) : ISagaCommands, IDisposable
{
    // Those beyond the first wait for its locks anyway, each on a thread and a connection.
    private const int PreparingMax = 8;
    private readonly SemaphoreSlim _places = new(PreparingMax);

    public async Task<bool> DoAsync(Saga saga, CancellationToken cancellationToken)
    {
        if (saga.Step == SagaStep.Preparing)
            return await PrepareAsync(saga.Order, cancellationToken);
        await DecideAsync(saga.Order.Id, commit: saga.Step == SagaStep.Committing, cancellationToken);
        return true;
    }

    public Task ReachAsync(CancellationToken cancellationToken) => payments.ReachAsync(cancellationToken);

    public void Dispose() => _places.Dispose();

    /// <summary>Tells everybody the decision; completes when all have heard.</summary>
    private Task DecideAsync(string orderId, bool commit, CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => End(orderId, commit), cancellationToken),
        DecideAsync(payments, orderId, commit, cancellationToken),
        DecideAsync(inventory, orderId, commit, cancellationToken));

    /// <summary>Tells one participant.</summary>
    public static Task DecideAsync(EdgeClient participant, string orderId, bool commit, CancellationToken cancellationToken) => commit
        ? participant.CommandAsync("/commits", orderId, "commit", new DecisionCommand(orderId), TargetJson.Default.DecisionCommand, cancellationToken)
        : participant.CommandAsync("/rollbacks", orderId, "roll back", new DecisionCommand(orderId), TargetJson.Default.DecisionCommand, cancellationToken);

    private async Task<bool> PrepareAsync(Order order, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => own.Prepare(order.Id, connection => OrderBook.Settle(connection, order.Id, OrderBook.Confirmed)), cancellationToken)
                && await payments.CommandAsync("/prepares", order.Id, "prepare", order.ToMoneyCommand(), TargetJson.Default.MoneyCommand, cancellationToken) == VoteEndpoints.Prepared
                && await inventory.CommandAsync("/prepares", order.Id, "prepare", order.ToStockCommand(), TargetJson.Default.StockCommand, cancellationToken) == VoteEndpoints.Prepared;
        }
        finally
        {
            _places.Release();
        }
    }

    private void End(string orderId, bool commit)
    {
        if (commit)
            own.Commit(orderId);
        else
            own.RollBack(orderId);
    }
}
