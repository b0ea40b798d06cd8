using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harness.Scenarios.Tests;

/// <summary>Plays the order API over real HTTP: accepts, refuses, hangs or breaks the connection, as a test asks.</summary>
internal sealed class StandInShop : IAsyncDisposable
{
    private readonly WebApplication _server;
    private int _calls;
    private int _version = 7;

    private StandInShop(WebApplication server) => _server = server;

    public ConcurrentQueue<PlacedOrder> Placed { get; } = new();

    /// <summary>What happens to the n-th call (from 1) before it is answered.</summary>
    public Func<HttpContext, int, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What the n-th look at an order shows.</summary>
    public Func<int, string> StatusAt { get; set; } = _ => "CONFIRMED";

    public OrderSystem System { get; private set; } = null!;

    public static async Task<StandInShop> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        var shop = new StandInShop(server);
        shop.Map();
        await server.StartAsync();
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        shop.System = new OrderSystem(address, address, address);
        return shop;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    public static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.CompleteAsync();
    }

    public static Task Hang(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted)
        .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    public static Task Break(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private void Map()
    {
        int looks = 0;
        _server.Use(async (HttpContext context, RequestDelegate next) =>
        {
            await Before(context, Interlocked.Increment(ref _calls));
            if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                await next(context);
        });
        _server.MapPost("/orders", (HttpContext context, OrderBody body) =>
        {
            string key = context.Request.Headers["Idempotency-Key"].ToString();
            Placed.Enqueue(new PlacedOrder(key, body));
            return Results.Json(new { id = $"order-of-{key}", status = "PENDING" }, statusCode: StatusCodes.Status202Accepted);
        });
        _server.MapGet("/orders/{id}", (string id) => new { id, status = StatusAt(Interlocked.Increment(ref looks)) });
        _server.MapGet("/products/{sku}", (string sku) => new { sku, version = 7, stock = 3 });
        _server.MapPut("/products/{sku}/price", (string sku, PriceBody body) => new { sku, body.PriceCents, version = Interlocked.Increment(ref _version) });
        _server.MapPost("/products/{sku}/restock", (string sku, StockBody body) => new { sku, body.Quantity, version = Interlocked.Increment(ref _version) });
    }

    internal sealed record OrderBody(string Customer, string Sku, int Quantity);

    internal sealed record PriceBody(long PriceCents);

    internal sealed record StockBody(int Quantity);

    internal sealed record PlacedOrder(string Key, OrderBody Body);
}
