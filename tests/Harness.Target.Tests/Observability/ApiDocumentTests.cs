using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Harness.Target.Tests.Observability;

public sealed class ApiDocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ServiceName.Orders, "POST /orders")]
    [InlineData(ServiceName.Payments, "GET /audit")]
    [InlineData(ServiceName.Inventory, "PUT /products/{sku}/price")]
    public async Task Is_valid_and_has_every_route_of_the_service_with_its_problems(ServiceName service, string one)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var app = ServiceHost.Build(
            new ServiceOptions { Service = service, Url = url, DataFolder = _folder, Redis = new DnsEndPoint("127.0.0.1", 1), InventoryUrl = url }, TimeProvider.System);
        var mapped = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}"))
            .Where(route => !route.Contains("/openapi/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        await app.StartAsync(Ended);
        using var http = new HttpClient { BaseAddress = url };
        var (document, diagnostic) = await OpenApiDocument.LoadAsync(await http.GetStreamAsync("/openapi/v1.json", Ended), cancellationToken: Ended);
        await app.StopAsync(Ended);

        Assert.Empty(diagnostic!.Errors);
        Assert.Contains(one, mapped);
        var operations = document!.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (Route: $"{operation.Key.Method} {path.Key}", operation.Value))).ToList();
        Assert.Equal(mapped, operations.Select(operation => operation.Route).Order(StringComparer.Ordinal));
        Assert.All(operations, operation => Assert.Contains("application/problem+json", operation.Value.Responses!["503"].Content!.Keys));
        Assert.All(operations.Where(operation => operation.Value.RequestBody is not null), operation => Assert.True(operation.Value.Responses!.Keys.ToHashSet().IsSupersetOf(["400", "413", "415"])));
        Assert.All(operations.Where(operation => operation.Route.Contains('{', StringComparison.Ordinal)), operation => Assert.Contains("404", operation.Value.Responses!.Keys));
    }

    [Fact]
    public async Task Says_what_an_order_is_made_of()
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var app = ServiceHost.Build(
            new ServiceOptions { Service = ServiceName.Orders, Url = url, DataFolder = _folder, Redis = new DnsEndPoint("127.0.0.1", 1), InventoryUrl = url }, TimeProvider.System);
        await app.StartAsync(Ended);
        using var http = new HttpClient { BaseAddress = url };
        var (document, _) = await OpenApiDocument.LoadAsync(await http.GetStreamAsync("/openapi/v1.json", Ended), cancellationToken: Ended);
        await app.StopAsync(Ended);

        var place = document!.Paths["/orders"].Operations![HttpMethod.Post];
        var body = place.RequestBody!.Content!["application/json"].Schema!;
        Assert.Equal(["customer", "quantity", "sku"], body.Properties!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("1", "1000"), (body.Properties["quantity"].Minimum, body.Properties["quantity"].Maximum));
        Assert.Equal("Idempotency-Key", Assert.Single(place.Parameters!).Name);
        Assert.True(place.Responses!.Keys.ToHashSet().IsSupersetOf(["202", "400", "409", "413", "415", "503"]));
    }
}
