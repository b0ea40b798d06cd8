using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Harness.Records;
using Harness.Target.Orders;
using Harness.Toxiproxy;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>
/// The three services under a coordinator, as processes that can be killed and started again in their places, with a relay on the edge
/// <c>orders -> payments</c> and a proxy on <c>orders -> inventory</c>. Redis is away: a coordinator needs no bus.
/// </summary>
public sealed class CoordinatedSystem : IAsyncDisposable
{
    /// <summary>The proxy on <c>orders -> inventory</c>.</summary>
    public const string InventoryProxy = "inventory";

    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly string _coordination;
    private readonly Func<string, string[]> _words;
    private ToxiproxyServer _proxies = null!;
    private string _inventoryUrl = "";
    private readonly int _ordersPort = FreePort.Next(), _paymentsPort = FreePort.Next(), _inventoryPort = FreePort.Next();

    private CoordinatedSystem(string coordination, Func<string, string[]> words)
    {
        (_coordination, _words) = (coordination, words);
        ToPayments = new Relay(_paymentsPort);
    }

    public Relay ToPayments { get; }

    /// <summary>Breaks calls to Inventory by their path.</summary>
    public ToxiproxyClient Proxies { get; private set; } = null!;

    public ServiceProcess Orders { get; private set; } = null!;

    public ServiceProcess Payments { get; private set; } = null!;

    public ServiceProcess Inventory { get; private set; } = null!;

    /// <param name="words">More words for a service.</param>
    public static Task<CoordinatedSystem> StartAsync(Func<string, string[]> words) => StartAsync("orchestration", words);

    /// <param name="coordination">The style.</param>
    /// <param name="words">More words for a service.</param>
    public static async Task<CoordinatedSystem> StartAsync(string coordination, Func<string, string[]> words)
    {
        var system = new CoordinatedSystem(coordination, words);
        system._proxies = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Port = 0, Seed = 1 }, CancellationToken.None);
        system.Proxies = new ToxiproxyClient(system._proxies.Url);
        var door = await system.Proxies.CreateProxyAsync(InventoryProxy, "127.0.0.1:0", $"127.0.0.1:{system._inventoryPort}", CancellationToken.None);
        system._inventoryUrl = $"http://{door.Listen}";
        await Task.WhenAll(system.StartOrdersAsync(), system.StartPaymentsAsync(), system.StartInventoryAsync());
        return system;
    }

    public async Task StartOrdersAsync() => Orders = await StartAsync("orders", _ordersPort, "--inventory-url", _inventoryUrl, "--payments-url", Local(ToPayments.Port));

    public async Task StartPaymentsAsync() => Payments = await StartAsync("payments", _paymentsPort);

    public async Task StartInventoryAsync() => Inventory = await StartAsync("inventory", _inventoryPort);

    public async Task<string> PlaceAsync(string key, string sku = "sku-0001", int quantity = 1)
    {
        var id = "";
        await Eventually.TrueAsync(async () =>
        {
            using var response = await Orders.Http.SendAsync(OrderSystem.OrderRequest(key, sku: sku, quantity: quantity));
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                return false; // A busy machine makes prices come late; the same key may be used again.
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync() + Orders.Output);
            id = (await response.Content.ReadFromJsonAsync<AcceptedOrder>())!.Id;
            return true;
        }, "the order is accepted");
        return id;
    }

    public async Task<string> StatusAsync(string id) => (await Orders.Http.GetFromJsonAsync<OrderView>($"/orders/{id}"))!.Status;

    /// <summary>Waits until as many sagas are at a step.</summary>
    public Task StepAsync(string step, int count) =>
        Eventually.TrueAsync(async () => await Orders.MetricAsync($"saga_steps{{step=\"{step}\"}}") == count, $"{count} sagas are at {step}");

    public Task SettleAsync() => Eventually.TrueAsync(async () => await Orders.MetricAsync("saga_pending") == 0, "every saga has ended");

    public async Task<Audit> AuditAsync() => new(
        await ReadAsync<Records.OrdersAudit>(Orders), await AuditPaymentsAsync(), await ReadAsync<Records.InventoryAudit>(Inventory));

    /// <summary>The one part of it that can be had while others are dead.</summary>
    public Task<Records.PaymentsAudit> AuditPaymentsAsync() => ReadAsync<Records.PaymentsAudit>(Payments);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in new[] { Orders, Payments, Inventory })
            await service.DisposeAsync();
        await ToPayments.DisposeAsync();
        Proxies.Dispose();
        await _proxies.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static async Task<T> ReadAsync<T>(ServiceProcess service) => JsonSerializer.Deserialize<T>(await service.Http.GetStringAsync("/audit"), RecordJson.Line)!;

    private Task<ServiceProcess> StartAsync(string service, int port, params string[] more) =>
        ServiceProcess.StartAsync(service, _folder, redisPort: 1, port, ["--coordination", _coordination, .. more, .. _words(service)]);
}
