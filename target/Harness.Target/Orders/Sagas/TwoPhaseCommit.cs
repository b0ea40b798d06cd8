using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Harness.Target.Commands;
using Harness.Target.Orders.Keeping;
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
/// Payments votes last, which makes that time as short as it can be.
/// </remarks>
internal sealed class TwoPhaseCommit(PreparedTransactions own, IOrderStorage storage, EdgeClient payments, EdgeClient inventory) : ISagaCommands, IDisposable
{
    // Those beyond the first wait for its locks anyway, each on a thread and a connection.
    private const int PreparingMax = 4;
    private const int AsksMax = 4;
    private readonly SemaphoreSlim _places = new(PreparingMax);
    private readonly ConcurrentDictionary<string, byte> _placed = new(StringComparer.Ordinal);

    public async Task<bool> DoAsync(Saga saga, CancellationToken cancellationToken)
    {
        if (saga.Step == SagaStep.Preparing)
        {
            // Kept over an error: what is prepared in one database holds locks there, and must not stand in line behind those that wait for them.
            if (!_placed.ContainsKey(saga.Order.Id))
            {
                await _places.WaitAsync(cancellationToken);
                _placed[saga.Order.Id] = 0;
            }

            var vote = await PrepareAsync(saga.Order, cancellationToken);
            FreePlace(saga.Order.Id);
            return vote;
        }

        FreePlace(saga.Order.Id);
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

    private async Task<bool> PrepareAsync(Order order, CancellationToken cancellationToken) =>
        await Task.Run(() => own.Prepare(order.Id, connection => storage.Settle(connection, order.Id, OrderBook.Confirmed)), cancellationToken)
        && await AskAsync(inventory, order.Id, order.ToStockCommand(), TargetJson.Default.StockCommand, cancellationToken)
        && await AskAsync(payments, order.Id, order.ToMoneyCommand(), TargetJson.Default.MoneyCommand, cancellationToken);

    /// <summary>One participant's vote.</summary>
    /// <exception cref="TimeoutException">Others hold what it needs.</exception>
    private static async Task<bool> AskAsync<T>(EdgeClient participant, string orderId, T command, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        for (var asks = 0; asks < AsksMax; asks++)
        {
            var vote = await participant.CommandAsync("/prepares", orderId, "prepare", command, shape, cancellationToken);
            if (vote != VoteEndpoints.Blocked)
                return vote == VoteEndpoints.Prepared;
        }

        throw new TimeoutException("A transaction in doubt holds what this one needs.");
    }

    private void FreePlace(string orderId)
    {
        if (_placed.TryRemove(orderId, out _))
            _places.Release();
    }

    private void End(string orderId, bool commit)
    {
        if (commit)
            own.Commit(orderId);
        else
            own.RollBack(orderId);
    }
}
