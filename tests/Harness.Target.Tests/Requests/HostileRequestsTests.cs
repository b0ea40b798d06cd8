using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace Harness.Target.Tests.Requests;

/// <summary>What anybody can send to the three real services.</summary>
public sealed class HostileRequestsTests(RunningOrderSystem running) : IClassFixture<RunningOrderSystem>
{
    private readonly OrderSystem _system = running.System;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_hundreds_of_them_with_problems_and_stay_whole()
    {
        ServiceProcess[] services = [_system.Orders, _system.Payments, _system.Inventory];
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
        int refused = 0, served = 0;
        await Check.SampleAsync(HostileRequest.Any.Array[600], all => Parallel.ForEachAsync(all, Ended, async (hostile, _) =>
        {
            using var message = hostile.ToMessage(services[hostile.Service].Http.BaseAddress!);
            using var response = await client.SendAsync(message, Ended);
            var body = await response.Content.ReadAsStringAsync(Ended);
            if ((int)response.StatusCode < 400)
            {
                Interlocked.Increment(ref served);
                return;
            }

            Interlocked.Increment(ref refused);
            Assert.True((int)response.StatusCode < 500, $"{response.StatusCode} for {hostile}: {body}");
            if (hostile.ReachesTheService && hostile.Method != "HEAD")
                AssertIsProblem(response, body, hostile.ToString());
        }), seed: "0000GSMg7wk4", iter: 1, threads: 1);

        Assert.True(refused > 300 && served > 20, $"{refused} were refused, {served} were served.");
        await _system.PlaceAsync("after the storm");
        await _system.SettleAsync();
        var audit = await _system.AuditAsync();
        Assert.All(audit.Orders!.Orders, order => Assert.InRange(order.Quantity, 1, 1000));
        Assert.Equal(0, audit.Payments!.Ledger.Sum(entry => entry.AmountCents));
        Assert.Equal((0, 0, 0), (audit.Orders.Bus.DeadLetters, audit.Payments.Bus.DeadLetters, audit.Inventory!.Bus.DeadLetters));
        Assert.All(services.SelectMany(service => service.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), AssertIsLogLine);
    }

    [Fact]
    public async Task Learn_of_every_problem_of_an_order_with_what_was_sent_and_what_was_meant()
    {
        using var response = await PostAsync("/orders", """{"customer":"a\nb","sku":"x' OR 1=1","quantiy":3}""", key: new string('k', 201));
        var errors = (await ReadAsync(response)).GetProperty("errors");

        Assert.Equal(["Idempotency-Key", "customer", "quantity", "sku"], errors.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Contains("not '\"x' OR 1=1\"'", errors.GetProperty("sku")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("by 'quantiy'", errors.GetProperty("quantity")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"customer":"customer-1","sku":"sku-0001","quantity":1,"quantity":2}""", "application/json", 400)]
    [InlineData("""{"customer":"customer-1","sku":"sku-0001","quantity":1,"x":[[[[[[[[1]]]]]]]]}""", "application/json", 400)]
    [InlineData("""{"customer":"customer-1","sku":"..","quantity":1}""", "application/json", 400)]
    [InlineData("""{"customer":"\ud800","sku":"sku-0001","quantity":1}""", "application/json", 400)]
    [InlineData("""{"customer":"customer-1","sku":"sku-0001","quantity":1}""", "text/plain", 415)]
    public async Task Are_refused_for_what_no_order_may_have(string body, string contentType, int status)
    {
        using var response = await PostAsync("/orders", body, "bad-1", contentType);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty((await ReadAsync(response)).GetProperty("errors").EnumerateObject());
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("/products/sku-0001/price")]
    public async Task Are_too_large_with_a_megabyte(string path)
    {
        using var response = await PostAsync(path, new string(' ', 1 << 20), "large-1", method: path == "/orders" ? HttpMethod.Post : HttpMethod.Put);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(413, (await ReadAsync(response)).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Cannot_use_a_key_again_for_another_body_but_for_the_same_one_however_it_is_written()
    {
        using var first = await PostAsync("/orders", """{"customer":"customer-1","sku":"sku-0001","quantity":1}""", "again-1");
        using var same = await PostAsync("/orders", """{ "quantity": 1, "sku": "sku-0001", "customer": "customer-1" }""", "again-1");
        using var other = await PostAsync("/orders", """{"customer":"customer-2","sku":"sku-0001","quantity":1}""", "again-1");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Conflict), (first.StatusCode, same.StatusCode, other.StatusCode));
        Assert.Equal(first.Headers.Location, same.Headers.Location);
        await ReadAsync(other);
    }

    [Fact]
    public async Task Hear_of_unknown_paths_and_wrong_methods_in_JSON_even_when_they_accept_none()
    {
        using var unknown = new HttpRequestMessage(HttpMethod.Get, "/nothing") { Headers = { { "Accept", "text/html" } } };
        using var wrong = new HttpRequestMessage(HttpMethod.Delete, "/orders") { Headers = { { "Accept", "image/png" } } };
        using var notFound = await _system.Orders.Http.SendAsync(unknown, Ended);
        using var notAllowed = await _system.Orders.Http.SendAsync(wrong, Ended);

        Assert.Equal(404, (await ReadAsync(notFound)).GetProperty("status").GetInt32());
        Assert.Equal(405, (await ReadAsync(notAllowed)).GetProperty("status").GetInt32());
        Assert.Equal(["POST"], notAllowed.Content.Headers.Allow);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string key, string contentType = "application/json", HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        request.Headers.Add("Idempotency-Key", key);
        var service = path.StartsWith("/products", StringComparison.Ordinal) ? _system.Inventory : _system.Orders;
        return await service.Http.SendAsync(request, Ended);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Ended);
        AssertIsProblem(response, body, "");
        return JsonElement.Parse(body);
    }

    private static void AssertIsProblem(HttpResponseMessage response, string body, string request)
    {
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{response.StatusCode} {response.Content.Headers.ContentType} for {request}: {body}");
        var problem = JsonElement.Parse(body);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
    }

    private static void AssertIsLogLine(string line) => Assert.True(JsonElement.Parse(line).TryGetProperty("LogLevel", out _), line);
}
