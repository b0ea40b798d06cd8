using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Harness.Target.Tests.Orders;

/// <summary>One running system for all of them, so each uses a key of its own.</summary>
public sealed class OrdersEndpointsTests(RunningOrderSystem running) : IClassFixture<RunningOrderSystem>
{
    private readonly OrderSystem _system = running.System;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepts_an_order_and_says_where_to_follow_it()
    {
        using var response = await _system.Orders.Http.SendAsync(OrderSystem.OrderRequest("follow-1", quantity: 2), Ended);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Ended);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("PENDING", body.GetProperty("status").GetString());
        Assert.Equal($"/orders/{body.GetProperty("id").GetString()}", response.Headers.Location!.ToString());
        using var found = JsonDocument.Parse(await _system.Orders.Http.GetStringAsync(response.Headers.Location, Ended));
        Assert.Equal(["id", "status", "sku", "quantity", "amountCents", "version"], found.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Answers_the_same_to_the_same_key_however_often_and_at_once_it_comes()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _system.PlaceAsync("same-1")));
        await _system.SettleAsync();
        var afterwards = await _system.PlaceAsync("same-1");

        Assert.Equal([afterwards], ids.Distinct());
        var audit = await _system.AuditAsync();
        Assert.Single(audit.Orders!.Orders, order => order.IdempotencyKey == "same-1");
        Assert.Single(audit.Payments!.Payments, payment => payment.OrderId == afterwards);
    }

    [Fact]
    public async Task Refuses_a_key_that_was_used_for_another_order()
    {
        await _system.PlaceAsync("other-1", quantity: 1);
        using var response = await _system.Orders.Http.SendAsync(OrderSystem.OrderRequest("other-1", quantity: 2), Ended);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task Tells_all_problems_of_an_order_at_once()
    {
        using var response = await PostAsync("""{"customer":"","sku":7,"quantity":-1}""", key: null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>(Ended)).GetProperty("errors");
        Assert.Equal(["Idempotency-Key", "customer", "quantity", "sku"], errors.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"customer":"customer-1","sku":"sku-0001","quantity":1.5}""")]
    [InlineData("""{"customer":"customer-1","sku":"sku-0001","quantity":"1"}""")]
    [InlineData("""{"customer":"customer-1","sku":"sku-0001","quantity":99999999999999999999}""")]
    [InlineData("""{"customer":"customer-1","sku":"sku-9999","quantity":1}""")]
    [InlineData("""{"customer":"customer-1","sku":"'; DROP TABLE orders; --","quantity":1}""")]
    [InlineData("""{"customer":"customer-1\nfake log line","sku":"sku-0001","quantity":1}""")]
    public async Task Refuses_nonsense_as_the_fault_of_the_client(string body)
    {
        using var response = await PostAsync(body, "nonsense-1");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Refuses_a_body_that_is_too_large()
    {
        using var response = await PostAsync(new string(' ', 100_000), "large-1");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Does_not_know_orders_that_nobody_placed()
    {
        using var response = await _system.Orders.Http.GetAsync("/orders/nobody", Ended);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await _system.Orders.Http.SendAsync(request, Ended);
    }
}
