using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Harness.Records;

namespace Harness.Target.Tests;

/// <summary>The target and the records do not know each other; here it is shown that they speak of the same things.</summary>
public sealed class AuditTests : IDisposable
{
    private static readonly JsonSerializerOptions Strict = new(RecordJson.Line)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    private readonly RedisServer _redis = new();

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Every_audit_reads_into_its_record_with_nothing_lost()
    {
        await using var system = await OrderSystem.StartAsync(_redis, null, "--stock", "1", "--products", "2");
        await system.PlaceAsync("key-1");
        await system.PlaceAsync("key-2");
        await system.SettleAsync();

        await AssertNothingLostAsync<OrdersAudit>(system.Orders);
        await AssertNothingLostAsync<PaymentsAudit>(system.Payments);
        await AssertNothingLostAsync<InventoryAudit>(system.Inventory);
        Assert.Contains("merchant", (await system.AuditAsync()).Payments!.Accounts.Select(account => account.Id));
    }

    private static async Task AssertNothingLostAsync<T>(ServiceProcess service)
    {
        var json = await service.Http.GetStringAsync("/audit", TestContext.Current.CancellationToken);
        var record = JsonSerializer.Deserialize<T>(json, Strict);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonSerializer.SerializeToNode(record, Strict)), json);
    }
}
