using System.Text.Json.Serialization.Metadata;
using Harness.Target.Commands;
using Harness.Target.Payments;
using Harness.Target.Resilience;

namespace Harness.Target.Orders.Sagas;

/// <summary>Commands over the edges <c>orders -> payments</c> and <c>orders -> inventory</c>.</summary>
internal sealed class HttpSagaCommands(EdgeClient payments, EdgeClient inventory, Bug bug = Bug.None) : ISagaCommands
{
    public Task<bool> DoAsync(Saga saga, CancellationToken cancellationToken)
    {
        var order = saga.Order;
        return saga.Step switch
        {
            SagaStep.Charging => SendAsync("/charges", "charge", PaymentBook.Captured),
            SagaStep.Reserving => SendAsync("/reservations", "reserve", "RESERVED"),
            SagaStep.Selling => SendAsync("/sales", "sell", null),
            SagaStep.Releasing => SendAsync("/releases", "release", null),
            SagaStep.Refunding => SendAsync("/refunds", "refund", null),
            _ => throw new InvalidOperationException($"There is nothing to do at {saga.Step}."),
        };

        async Task<bool> SendAsync(string path, string step, string? wanted)
        {
            var sameKey = CommandKey.Of(order.Id, step);
            string Key() => bug == Bug.ChargeRetriedWithoutKey && saga.Step is (SagaStep.Charging or SagaStep.Refunding)
                ? CommandKey.Of(Guid.NewGuid().ToString("N"), step)
                : sameKey;
            var answer = saga.Step is SagaStep.Charging or SagaStep.Refunding
                ? await CallAsync(payments, path, Key, new MoneyCommand(order.Id, order.Customer, order.AmountCents), TargetJson.Default.MoneyCommand, cancellationToken)
                : await CallAsync(inventory, path, Key, new StockCommand(order.Id, order.Sku, order.Quantity), TargetJson.Default.StockCommand, cancellationToken);
            return wanted is null || answer.Status == wanted;
        }
    }

    public Task ReachAsync(CancellationToken cancellationToken) => payments.ReachAsync(cancellationToken);

    private static Task<CommandAnswer> CallAsync<T>(EdgeClient callee, string path, Func<string> key, T command, JsonTypeInfo<T> shape, CancellationToken cancellationToken) =>
        callee.CallAsync(async (http, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(command, shape) };
            request.Headers.Add(OrderRequest.KeyHeader, key());
            using var response = await http.SendAsync(request, token);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync(TargetJson.Default.CommandAnswer, token) ?? throw new HttpRequestException("The answer is empty.");
        }, cancellationToken);
}
