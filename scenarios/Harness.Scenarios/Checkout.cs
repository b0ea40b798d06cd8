using Harness.Load;

namespace Harness.Scenarios;

/// <summary>One visit to the till.</summary>
internal sealed class Checkout(ShopVisit visit, ShopClient shop, IScenarioContext context, CheckoutPlan plan)
{
    private const int PlaceTriesMost = 2;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    private readonly ClientProcess _process = ClientProcess.Of(context, visit);
    private string? _orderId;

    public async Task<IResponse> RunAsync()
    {
        Response<HttpResponseMessage> placed = await PlaceAsync();
        if (placed.IsError || _orderId is null)
            return placed;
        var following = new OrderFollowing(visit, shop, context, _orderId);
        return await Step.Run("follow", context, following.RunAsync);
    }

    /// <summary>An answer that never came says nothing about the order, so it is asked for once more under the same key.</summary>
    private async Task<Response<HttpResponseMessage>> PlaceAsync()
    {
        Response<HttpResponseMessage> placed = await Step.Run("place", context, PlaceOnceAsync);
        for (int tries = 1; tries < PlaceTriesMost && placed.Error == ErrorClass.Timeout; tries++)
            placed = await Step.Run("place", context, PlaceOnceAsync);
        return placed;
    }

    private async Task<Response<HttpResponseMessage>> PlaceOnceAsync()
    {
        TimeSpan invoked = visit.Clock.Now;
        Response<HttpResponseMessage> response = await shop.PlaceAsync(plan, CallTimeout, context.ScenarioCancellationToken);
        _orderId = ShopClient.Read<OrderView>(response)?.Id;
        if (response.Outcome == Outcome.Ok && _orderId is null)
            response = Response.Unknown<HttpResponseMessage>("bad-answer", response.StatusCode, "the answer has no order id");
        _process.Record("place-order", plan.IdempotencyKey, _orderId, invoked, response.Outcome.Recorded());
        return response;
    }
}
