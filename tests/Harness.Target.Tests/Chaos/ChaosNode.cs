using System.Net.Http.Json;
using System.Text.Json;
using Harness.Target.Chaos;
using Harness.Target.Tests.Inventory.Caching;

[assembly: AssemblyFixture(typeof(Harness.Target.Tests.Chaos.ChaosNode))]

namespace Harness.Target.Tests.Chaos;

/// <summary>An inventory that can be put wrong, in this process; started when the first test asks for it.</summary>
public sealed class ChaosNode : IAsyncDisposable
{
    public const string Token = "a token of this test run";

    private readonly Lazy<Task<(RedisServer Redis, string Folder, InventoryNode Node)>> _started = new(StartAsync);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async Task<InventoryNode> NodeAsync() => (await _started.Value).Node;

    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string name, object? fault = null, string? token = Token)
    {
        using var request = new HttpRequestMessage(method, name.Length == 0 ? "/chaos" : $"/chaos/{name}");
        if (fault is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(fault), System.Text.Encoding.UTF8, "application/json");
        if (token is not null)
            request.Headers.Add(ChaosToken.Header, token);
        return await (await NodeAsync()).Http.SendAsync(request, Ended);
    }

    /// <summary>Puts a fault in place that must be taken.</summary>
    public async Task PutAsync(string name, object fault)
    {
        using var answer = await AskAsync(HttpMethod.Put, name, fault);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ended));
    }

    /// <summary>Takes it away and tells what it did.</summary>
    public async Task<IReadOnlyDictionary<string, double>> TakeAwayAsync(string name)
    {
        using var answer = await AskAsync(HttpMethod.Delete, name);
        return (await answer.Content.ReadFromJsonAsync<HeldView>(Ended))!.Evidence;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        var (redis, folder, node) = await _started.Value;
        await node.DisposeAsync();
        redis.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(RedisServer, string, InventoryNode)> StartAsync()
    {
        var (redis, folder) = (new RedisServer(), Directory.CreateTempSubdirectory("target-test-").FullName);
        return (redis, folder, await InventoryNode.StartAsync(ChaosToken.Read(Token, out _), folder, redis.Port, "--seed", "7"));
    }
}
