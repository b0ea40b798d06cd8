namespace Harness.Scenarios;

/// <summary>One visit to the till.</summary>
internal sealed class Checkout(ShopVisit visit, ShopClient shop, IScenarioContext context, CheckoutPlan plan)
{
    private const int PlaceTriesMost = 2;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    private readonly ClientProcess _process = ClientProcess.Of(context, visit);
    private Answer<OrderView>? _placed;

    public async Task<IResponse> RunAsync()
    {
        Response<OrderView> placed = await PlaceAsync();
        if (_placed?.Value is not { } order)
            return placed;
        var following = new OrderFollowing(visit, shop, context, order.Id);
        return await Step.Run("follow", context, following.RunAsync);
    }

    /// <summary>An answer that did not come in time says nothing about the order, so it is asked for once more under the same key.</summary>
    private async Task<Response<OrderView>> PlaceAsync()
    {
        Response<OrderView> placed = await Step.Run("place", context, PlaceOnceAsync);
        for (int tries = 1; tries < PlaceTriesMost && _placed?.Error == Load.ErrorClass.Timeout; tries++)
            placed = await Step.Run("place", context, PlaceOnceAsync);
        return placed;
    }

    private async Task<Response<OrderView>> PlaceOnceAsync()
    {
        TimeSpan invoked = visit.Clock.Now;
        try
        {
            _placed = await shop.PlaceAsync(plan, CallTimeout, context.ScenarioCancellationToken);
            Record(_placed.Value?.Id, invoked, _placed.Outcome);
            return _placed.ToResponse();
        }
        catch (OperationCanceledException)
        {
            // No sample for the load, but the order may yet be placed, and the history must know who asked for it.
            Record(id: null, invoked, Records.Outcome.Unknown);
            throw;
        }
    }

    private void Record(string? id, TimeSpan invoked, Records.Outcome outcome) =>
        _process.Record("place-order", plan.IdempotencyKey, id, invoked, outcome);
}
