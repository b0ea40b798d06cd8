using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Harness.Target.Chaos;
using Harness.Target.Inventory;
using Harness.Target.Inventory.Caching;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Harness.Target.Tests.Inventory.Caching;

/// <summary>The whole inventory service on a port of its own, in this process: it starts in a fraction of the time that a process takes.</summary>
public sealed class InventoryNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InventoryNode(WebApplication app, Uri url)
    {
        _app = app;
        // A read that takes longer than this was not bounded.
        Http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    public CacheMetrics Cache => Service<CacheMetrics>();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public static Task<InventoryNode> StartAsync(string folder, int redisPort, params string[] more) => StartAsync(null, folder, redisPort, more);

    /// <summary>The same, and it can be put wrong by whoever knows the token.</summary>
    public static async Task<InventoryNode> StartAsync(ChaosToken? token, string folder, int redisPort, params string[] more)
    {
        using var errors = new StringWriter();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        string[] line =
        [
            "--service", "inventory", "--urls", url, "--data", folder, "--redis", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redisPort}"),
            "--products", "20", .. more,
        ];
        var options = new CommandLine().Read(line, TextWriter.Null, errors, out _);
        Assert.True(options is not null, errors.ToString());
        var node = new InventoryNode(ServiceHost.Build(options with { ChaosToken = token }, TimeProvider.System), new Uri(url));
        await node._app.StartAsync(Ended);
        await node.Service<Target.Messaging.RedisLink>().FirstAttempt;
        return node;
    }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A read by way of the cache.</summary>
    /// <exception cref="DisturbedException">It, or another at the same time, went past the cache.</exception>
    public async Task<Product> ReadAsync(string sku)
    {
        var bypasses = Cache.Bypasses.Value;
        var product = await ReadAnyhowAsync(sku);
        return Cache.Bypasses.Value == bypasses ? product : throw new DisturbedException($"A read of {sku} went past the cache.");
    }

    /// <summary>A read that may go past the cache.</summary>
    public async Task<Product> ReadAnyhowAsync(string sku) => (await Http.GetFromJsonAsync<Product>($"/products/{sku}", Ended))!;

    public Task<HttpResponseMessage> AskForPriceAsync(string sku, long priceCents) => Http.PutAsJsonAsync($"/products/{sku}/price", new { priceCents }, Ended);

    /// <summary>A change of price that must be acknowledged.</summary>
    public async Task<Product> RepriceAsync(string sku, long priceCents)
    {
        using var answer = await AskForPriceAsync(sku, priceCents);
        return await AcknowledgedAsync(answer);
    }

    /// <summary>A change of stock that must be acknowledged.</summary>
    public async Task<Product> RestockAsync(string sku, long quantity)
    {
        using var answer = await Http.PostAsJsonAsync($"/products/{sku}/restock", new { quantity }, Ended);
        return await AcknowledgedAsync(answer);
    }

    public async Task<InventoryAudit> AuditAsync() => (await Http.GetFromJsonAsync<InventoryAudit>("/audit", Ended))!;

    /// <summary>The product as the database has it.</summary>
    public async Task<AuditedProduct> KeptAsync(string sku) => (await AuditAsync()).Products.Single(product => product.Sku == sku);

    public async Task<bool> IsAtRestAsync() => (await Http.GetFromJsonAsync<Target.Messaging.RestState>("/audit/rest", Ended))!.AtRest;

    private static async Task<Product> AcknowledgedAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync(Ended);
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            throw new DisturbedException(body);
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonSerializer.Deserialize<Product>(body, JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(Ended);
        await _app.DisposeAsync();
        Http.Dispose();
    }
}
