using Harness.Target.Resilience;
using Harness.Target.Storage;

namespace Harness.Target.Orders.Sagas;

/// <summary>
/// Ends what a participant prepared after the decision had passed it by: a vote that was delayed longer than its transaction lived. The participant may not
/// end it and holds its locks for ever, so the coordinator looks for such once a second and says again what was decided.
/// </summary>
internal sealed class LateVotes(IStore store, PreparedTransactions own, IReadOnlyList<EdgeClient> participants, TimeProvider time, ILogger<LateVotes> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll([LookAsync(EndOwnAsync, stoppingToken), .. participants.Select(participant => LookAsync(token => EndAsync(participant, token), stoppingToken))]);
            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task LookAsync(Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug("Transactions in doubt cannot be looked for: {Problem}", e.Message);
        }
    }

    private async Task EndAsync(EdgeClient participant, CancellationToken cancellationToken)
    {
        var inDoubt = await participant.CallAsync((http, token) => http.GetFromJsonAsync("/transactions", TargetJson.Default.IReadOnlyListString, token), cancellationToken);
        foreach (var (id, commit) in Decided(inDoubt!))
        {
            await TwoPhaseCommit.DecideAsync(participant, id, commit, cancellationToken);
            logger.LogWarning("Order {OrderId} was {Decision} where it was in doubt.", id, commit ? "committed" : "rolled back");
        }
    }

    private Task EndOwnAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, commit) in Decided(own.InDoubt()))
        {
            if (commit)
                own.Commit(id);
            else
                own.RollBack(id);
        }

        return Task.CompletedTask;
    }

    /// <summary>Those that the log has an end for; the coordinator is at work on the others.</summary>
    private List<(string Id, bool Commit)> Decided(IReadOnlyList<string> inDoubt) =>
        inDoubt.Count == 0 ? [] : store.Read(connection => inDoubt.Select(id => (Id: id, Order: OrderBook.Find(connection, id), Step: SagaLog.StepOf(connection, id)))
            .Where(one => one.Order is null || one.Step == SagaStep.Ended)
            .Select(one => (one.Id, Commit: one.Order?.Status == OrderBook.Confirmed)).ToList());
}
