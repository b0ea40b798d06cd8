using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Harness.Records;
using Harness.Target.Messaging;
using Harness.Target.Orders;

namespace Harness.Target.Tests;

/// <summary>The three services as processes, on one Redis server or on relays before it, in a folder that goes away with them.</summary>
public sealed class OrderSystem : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly int _paymentsRedis;
    private readonly string[] _more;

    private OrderSystem(int redis, Relay? paymentsRelay, string[] more)
    {
        _paymentsRedis = paymentsRelay?.Port ?? redis;
        _more = more;
    }

    public ServiceProcess Orders { get; private set; } = null!;

    public ServiceProcess Payments { get; private set; } = null!;

    public ServiceProcess Inventory { get; private set; } = null!;

    /// <summary>Starts all three.</summary>
    /// <param name="relay">What stands between Payments and Redis; null for nothing.</param>
    public static Task<OrderSystem> StartAsync(RedisServer redis, Relay? relay = null, params string[] more) => StartAsync(redis.Port, relay, more);

    /// <summary>The same with whatever listens on a port.</summary>
    public static async Task<OrderSystem> StartAsync(int redis, Relay? relay = null, params string[] more)
    {
        var system = new OrderSystem(redis, relay, more);
        var inventoryPort = FreePort.Next();
        var inventory = ServiceProcess.StartAsync("inventory", system._folder, redis, inventoryPort, more);
        var payments = system.StartPaymentsAsync();
        var orders = ServiceProcess.StartAsync("orders", system._folder, redis,
            ["--inventory-url", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{inventoryPort}"), .. more]);
        await Task.WhenAll(inventory, payments, orders);
        (system.Orders, system.Inventory) = (await orders, await inventory);
        return system;
    }

    public async Task StartPaymentsAsync() => Payments = await ServiceProcess.StartAsync("payments", _folder, _paymentsRedis, _more);

    public static HttpRequestMessage OrderRequest(string key, string customer = "customer-1", string sku = "sku-0001", int quantity = 1) =>
        new(HttpMethod.Post, "/orders")
        {
            Headers = { { "Idempotency-Key", key } },
            Content = JsonContent.Create(new { customer, sku, quantity }),
        };

    /// <summary>Places an order that must be accepted in the end, and returns its id.</summary>
    /// <remarks>A busy machine makes tries of half a second time out; then the answer is 503, and the same key may be used again.</remarks>
    public async Task<string> PlaceAsync(string key, string customer = "customer-1", string sku = "sku-0001", int quantity = 1)
    {
        var id = "";
        await Eventually.TrueAsync(async () =>
        {
            using var response = await Orders.Http.SendAsync(OrderRequest(key, customer, sku, quantity));
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                return false;
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync() + Orders.Output);
            id = (await response.Content.ReadFromJsonAsync<AcceptedOrder>())!.Id;
            return true;
        }, "the order is accepted");
        return id;
    }

    public async Task<OrderView> FindAsync(string id) => (await Orders.Http.GetFromJsonAsync<OrderView>($"/orders/{id}"))!;

    /// <summary>Waits until all three say that nothing is left to do.</summary>
    public async Task SettleAsync()
    {
        foreach (var service in new[] { Orders, Payments, Inventory, Orders, Payments, Inventory })
            await Eventually.TrueAsync(async () => (await service.Http.GetFromJsonAsync<RestState>("/audit/rest"))!.AtRest, "the system is at rest");
    }

    /// <summary>The ledgers, read into the records that the rest of the harness knows.</summary>
    public async Task<Audit> AuditAsync() => new(
        await ReadAsync<Records.OrdersAudit>(Orders), await ReadAsync<Records.PaymentsAudit>(Payments), await ReadAsync<Records.InventoryAudit>(Inventory));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in new[] { Orders, Payments, Inventory })
            await service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<T> ReadAsync<T>(ServiceProcess service) =>
        JsonSerializer.Deserialize<T>(await service.Http.GetStringAsync("/audit"), RecordJson.Line)!;
}
