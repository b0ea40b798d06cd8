using System.Globalization;
using Harness.Chaos.Environments;
using StackExchange.Redis;

namespace Harness.Chaos.Faults.Stores;

/// <summary>
/// The server of cache and bus has less memory than it holds, and throws values away before their time to make room, as long as this lasts. Its
/// former limit and policy are put back when it is healed.
/// </summary>
/// <remarks>Cache and bus share one server: <c>allkeys-lru</c> throws messages away as well, and <c>volatile-lru</c> refuses writes when nothing that expires is left.</remarks>
public sealed record EvictFault : Fault
{
    /// <summary>The share of what it holds that it may keep: in (0, 1).</summary>
    /// <value>Default 0.5.</value>
    public double Keep { get; init; } = 0.5;

    /// <summary>What it throws away: <c>volatile-lru</c>, what expires anyhow, or <c>allkeys-lru</c>, anything.</summary>
    public string Policy { get; init; } = "volatile-lru";

    public override string Kind => EvictFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>
    {
        ["keep"] = Keep.ToString(CultureInfo.InvariantCulture), ["policy"] = Policy,
    };

    public override string? Holds => "memory limit";

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new Injection(environment, this);

    private sealed class Injection(IRunningEnvironment environment, EvictFault fault) : RedisInjection(environment)
    {
        private static readonly string[] Settings = ["maxmemory", "maxmemory-policy"];
        private readonly Dictionary<string, string> _before = [];
        private double _evictedBefore;

        protected override async Task InjectAsync(IServer server, IDatabase database, CancellationToken runToken)
        {
            foreach (string setting in Settings)
                _before[setting] = (await server.ConfigGetAsync(setting)).Single().Value;
            _evictedBefore = await NumberAsync(server, "stats", "evicted_keys");
            double used = await NumberAsync(server, "memory", "used_memory"), held = await NumberAsync(server, "memory", "used_memory_dataset");
            await server.ConfigSetAsync("maxmemory-policy", fault.Policy);
            // What it needs for itself and its clients is left to it: that cannot be evicted.
            await server.ConfigSetAsync("maxmemory", ((long)(used - (held * (1 - fault.Keep)))).ToString(CultureInfo.InvariantCulture));
        }

        protected override async Task HealAsync(IServer server, CancellationToken healToken)
        {
            foreach ((string setting, string value) in _before)
                await server.ConfigSetAsync(setting, value);
            Evidence["keys evicted"] = await NumberAsync(server, "stats", "evicted_keys") - _evictedBefore;
        }

        private static async Task<double> NumberAsync(IServer server, string section, string name) => double.Parse(
            (await server.InfoAsync(section)).SelectMany(group => group).First(line => line.Key == name).Value, CultureInfo.InvariantCulture);
    }
}

internal sealed class EvictFaultKind : IFaultKind
{
    public const string Word = "evict-cache";

    public string Name => Word;

    public string Summary => "the server of cache and bus is short of memory and evicts: keep (share of what it holds), policy (volatile-lru, allkeys-lru)";

    public Fault Read(FaultFields fields)
    {
        double keep = fields.Ratio("keep", 0.5);
        if (keep is 0 or 1)
            fields.Own.Report("keep", keep == 1 ? "of 1 takes nothing away" : "of 0 leaves nothing; that is a flush");
        if (fields.Environment.Name == "embedded")
            fields.Own.Report("keep", "the store of --env embedded does not evict; --env local has one that does");
        return new EvictFault
        {
            Parts = fields.NeedsStore(StoreFields.Redis, "keep"), Keep = keep, Policy = fields.Own.Choice("policy", "volatile-lru", "allkeys-lru"),
        };
    }
}
