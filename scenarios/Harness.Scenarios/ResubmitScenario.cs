namespace Harness.Scenarios;

/// <summary>What impatient people and careless programs do with an idempotency key: they send an order twice at the same time, and use its key
/// again for another order.</summary>
internal sealed class ResubmitScenario : IOrderScenario
{
    private const string Conflict = "409";
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    public ScenarioInfo Info { get; } = new("resubmit", "sends each order twice at once, and then its key with another order, which must be refused", "twice", "other");

    public IVisitor Enter(ShopVisit visit) => new Visitor(visit);

    private sealed class Visitor(ShopVisit visit) : IVisitor
    {
        private readonly ShopClient _shop = new(visit.System);

        public async Task<IResponse> RunAsync(IScenarioContext context)
        {
            string scenario = context.ScenarioInfo.ScenarioName;
            CheckoutPlan plan = CheckoutPlan.For(scenario, visit.Seed, context.InvocationNumber, visit.RandomOf(scenario, context.InvocationNumber));
            Response<OrderView> placed = await Step.Run("twice", context, () => PlaceTwiceAsync(context, plan));
            return placed.IsError ? placed : await Step.Run("other", context, () => PlaceOtherAsync(context, plan with { Quantity = plan.Quantity + 1 }));
        }

        public void Dispose() => _shop.Dispose();

        private async Task<Response<OrderView>> PlaceTwiceAsync(IScenarioContext context, CheckoutPlan plan)
        {
            // Two clients: a process of the history never has two operations open at once.
            Answer<OrderView>[] answers = await Task.WhenAll(
                SendAsync("place-order", plan, ClientProcess.Of(context, visit), context),
                SendAsync("place-order", plan, new ClientProcess(visit), context));
            return answers[0].ToResponse();
        }

        private async Task<Response<OrderView>> PlaceOtherAsync(IScenarioContext context, CheckoutPlan other)
        {
            Answer<OrderView> answer = await SendAsync("reuse-key", other, ClientProcess.Of(context, visit), context);
            // A conflict is the right answer.
            return answer.StatusCode == Conflict ? Response.Ok<OrderView>(statusCode: Conflict, sizeBytes: answer.SizeBytes) : answer.ToResponse();
        }

        private async Task<Answer<OrderView>> SendAsync(string kind, CheckoutPlan plan, ClientProcess process, IScenarioContext context)
        {
            TimeSpan invoked = visit.Clock.Now;
            try
            {
                Answer<OrderView> answer = await _shop.PlaceAsync(plan, CallTimeout, context.ScenarioCancellationToken);
                process.Record(kind, plan.IdempotencyKey, answer.Value?.Id, invoked, answer.Outcome);
                return answer;
            }
            catch (OperationCanceledException)
            {
                // No sample for the load, but the order may yet be placed, and the history must know who asked for it.
                process.Record(kind, plan.IdempotencyKey, value: null, invoked, Records.Outcome.Unknown);
                throw;
            }
        }
    }
}
