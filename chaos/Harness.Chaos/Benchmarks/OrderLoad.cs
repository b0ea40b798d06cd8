using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Harness.Load;
using Harness.Load.Raw;

namespace Harness.Chaos.Benchmarks;

/// <summary>The loads of the benchmark, each a scenario of the load engine.</summary>
internal sealed class OrderLoad(SystemProbe probe) : IDisposable
{
    private const int Products = 100, Customers = 50;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FollowEvery = TimeSpan.FromMilliseconds(20);
    private static readonly Dictionary<string, string> Json = new() { ["Content-Type"] = "application/json" };

    private readonly RawClient _orders = Http.Raw(probe.Orders);
    private readonly RawClient _inventory = Http.Raw(probe.Inventory);
    private readonly HttpMessageInvoker _client = Http.CreateClient();
    private int _round;

    /// <summary>Places orders and does not look after them.</summary>
    public ScenarioProps Place(LoadSimulation simulation)
    {
        int round = _round++;
        Func<IScenarioContext, ValueTask<IResponse>> place = context => _orders.SendAsync(
            RawRequest.Create(
                "POST",
                new Uri(probe.Orders, "/orders"),
                new Dictionary<string, string>(Json) { ["Idempotency-Key"] = Key(round, context) },
                Encoding.ASCII.GetBytes(Body(context))),
            CallTimeout,
            context.ScenarioCancellationToken);
        return Scenario.Create("place", context => Step.Run("place", context, place)).WithLoadSimulations(simulation);
    }

    /// <summary>Places orders and asks for each until its saga has ended, which is what the iteration takes.</summary>
    public ScenarioProps Follow(LoadSimulation simulation)
    {
        int round = _round++;
        return Scenario.Create("follow", async context =>
        {
            using HttpRequestMessage request = Http.CreateRequest("POST", new Uri(probe.Orders, "/orders").AbsoluteUri)
                .WithHeader("Idempotency-Key", Key(round, context)).WithBody(new StringContent(Body(context), Encoding.UTF8, "application/json"));
            Response<HttpResponseMessage> placed = await Http.Send(_client, request, CallTimeout, context.ScenarioCancellationToken);
            if (placed.IsError || placed.Payload?.Value is not { } accepted)
                return placed;
            string address = new Uri(probe.Orders, "/orders/" + (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()).AbsoluteUri;
            while (!await HasSettledAsync(address, context.ScenarioCancellationToken))
                await Task.Delay(FollowEvery, context.ScenarioCancellationToken);
            return Response.Ok();
        }).WithLoadSimulations(simulation);
    }

    /// <summary>Reads every product in turn.</summary>
    public ScenarioProps ReadProducts(LoadSimulation simulation)
    {
        RawRequest[] reads = [.. Enumerable.Range(1, Products).Select(number => RawRequest.Create("GET", new Uri(probe.Inventory, "/products/" + Sku(number))))];
        Func<IScenarioContext, ValueTask<IResponse>> read = context =>
            _inventory.SendAsync(reads[context.InvocationNumber % Products], CallTimeout, context.ScenarioCancellationToken);
        return Scenario.Create("read", context => Step.Run("read", context, read)).WithLoadSimulations(simulation);
    }

    public static Task<LoadResult> RunAsync(CancellationToken cancellationToken, params ScenarioProps[] scenarios) =>
        LoadRunner.RegisterScenarios(scenarios).WithSeed(1).WithScenarioCompletionTimeout(TimeSpan.FromSeconds(20)).RunAsync(cancellationToken);

    public void Dispose()
    {
        _orders.Dispose();
        _inventory.Dispose();
        _client.Dispose();
    }

    private async Task<bool> HasSettledAsync(string address, CancellationToken cancellationToken)
    {
        Response<HttpResponseMessage> answer = await Http.Send(_client, Http.CreateRequest("GET", address), CallTimeout, cancellationToken);
        return answer is { IsError: false, Payload.Value: { } order }
            && (await order.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("status").GetString() != "PENDING";
    }

    private static string Key(int round, IScenarioContext context) => string.Create(CultureInfo.InvariantCulture, $"bench-{round}-{context.InvocationNumber}");

    private static string Body(IScenarioContext context) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"customer":"customer-{{(context.InvocationNumber % Customers) + 1}}","sku":"{{Sku((int)(context.InvocationNumber % Products) + 1)}}","quantity":1}""");

    private static string Sku(int number) => string.Create(CultureInfo.InvariantCulture, $"sku-{number:D4}");
}
