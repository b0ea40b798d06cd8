using System.Net;
using System.Net.Http.Json;
using Harness.Target.Chaos;
using Harness.Target.Tests.Inventory.Caching;

namespace Harness.Target.Tests.Chaos;

[Collection("chaos")]
public sealed class ChaosEndpointTests(ChaosNode chaos)
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another token altogether")]
    public async Task Is_not_there_for_whoever_does_not_know_the_token(string? token)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            using var answer = await chaos.AskAsync(method, method == HttpMethod.Get ? "" : "mine", method == HttpMethod.Put ? new { kind = "service-error" } : null, token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.True((await chaos.NodeAsync()).Service<ChaosBoard>().IsQuiet);
    }

    [Fact]
    public async Task Is_not_there_at_all_without_a_token()
    {
        using var redis = new RedisServer();
        var folder = Directory.CreateTempSubdirectory("target-test-").FullName;
        await using (var node = await InventoryNode.StartAsync(folder, redis.Port))
        {
            using var answer = await node.Http.GetAsync("/chaos", Ended);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Throws<InvalidOperationException>(node.Service<ChaosBoard>);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Says_every_problem_of_a_fault_at_once()
    {
        using var answer = await chaos.AskAsync(HttpMethod.Put, "no name!", new { kind = "service-latency", side = "outgoing", to = "payments", path = "products", delay = "00:00:00", ratio = 2 });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Ended);
        string[] said = ["letters, digits and hyphens", "delay: 00:00:00", "does not call", "redis", "does not begin with", "ratio: 2"];
        Assert.All(said, words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"kind\": \"service-eror\" }")]
    [InlineData("{ \"kind\": \"bus-drop\", \"ratio\": 0.5, \"ration\": 1 }")]
    [InlineData("{ \"kind\": \"bus-drop\" }")]
    [InlineData("no json")]
    public async Task Takes_nothing_that_it_does_not_know(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/chaos/wrong") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add(ChaosToken.Header, ChaosNode.Token);
        using var answer = await (await chaos.NodeAsync()).Http.SendAsync(request, Ended);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await chaos.NodeAsync()).Service<ChaosBoard>().IsQuiet);
    }

    [Fact]
    public async Task Lets_the_last_of_two_administrators_have_his_way_and_goes_back_when_both_are_gone()
    {
        await chaos.PutAsync("one", new { kind = "setting", setting = "cache-ttl", value = 100 });
        await chaos.PutAsync("two", new { kind = "setting", setting = "cache-ttl", value = 90_000 });
        Assert.Equal("90000", await TtlAsync());
        await chaos.PutAsync("one", new { kind = "setting", setting = "cache-ttl", value = 100 });
        Assert.Equal("100", await TtlAsync());

        var (one, two) = (await chaos.TakeAwayAsync("one"), await chaos.TakeAwayAsync("two"));

        Assert.Equal((2, 1), (one["changes made"], one["changes overwritten"]));
        Assert.Equal((1, 1), (two["changes made"], two["changes overwritten"]));
        Assert.Equal("10000", await TtlAsync());
    }

    [Fact]
    public async Task Turns_requests_away_when_an_administrator_leaves_room_for_too_few()
    {
        var node = await chaos.NodeAsync();
        await chaos.PutAsync("slow", new { kind = "service-latency", path = "/products", delay = "00:00:30" });
        await chaos.PutAsync("narrow", new { kind = "setting", setting = "requests-max", value = 1 });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        var first = node.Http.GetAsync("/products", leaving.Token);
        await Eventually.TrueAsync(async () =>
        {
            await chaos.PutAsync("slow", new { kind = "service-latency", path = "/products", delay = "00:00:30" });
            await chaos.PutAsync("narrow", new { kind = "setting", setting = "requests-max", value = 1 });
            using var second = await node.Http.GetAsync("/openapi/v1.json", Ended);
            return second.StatusCode == HttpStatusCode.ServiceUnavailable;
        }, "the second is turned away");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        await chaos.TakeAwayAsync("slow");
        await chaos.TakeAwayAsync("narrow");
    }

    private async Task<string> TtlAsync()
    {
        using var answer = await chaos.AskAsync(HttpMethod.Get, "");
        return (await answer.Content.ReadFromJsonAsync<ChaosView>(Ended))!.Settings["cache-ttl"];
    }
}
