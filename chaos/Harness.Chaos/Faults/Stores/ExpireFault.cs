using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using StackExchange.Redis;

namespace Harness.Chaos.Faults.Stores;

/// <summary>
/// An expiry storm: values of the cache are gone all at one instant, and everybody who reads them comes for them at once. A share of them,
/// again and again, is what a server short of memory does: it evicts values before their time.
/// </summary>
public sealed record ExpireFault : Fault
{
    /// <summary>What is cached, in the pattern language of Redis.</summary>
    public const string CachedPattern = "product*";

    /// <summary>The keys that expire, in the pattern language of Redis.</summary>
    /// <value>Default <c>product*</c>: everything that is cached, nothing of the bus.</value>
    public string Keys { get; init; } = CachedPattern;

    /// <summary>Only so many of them, those that are read most. Null: all.</summary>
    public int? Hottest { get; init; }

    /// <summary>Only this share of them, drawn anew each time: in (0, 1].</summary>
    /// <value>Default 1.</value>
    public double Share { get; init; } = 1;

    /// <summary>How often it happens again while the fault lasts. Null: once.</summary>
    public TimeSpan? Every { get; init; }

    public override string Kind => ExpireFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters
    {
        get
        {
            var own = new Dictionary<string, string> { ["keys"] = Keys };
            if (Hottest is { } count)
                own["hottest"] = count.ToString(CultureInfo.InvariantCulture);
            if (Share < 1)
                own["share"] = Share.ToString(CultureInfo.InvariantCulture);
            if (Every is { } every)
                own["every"] = Units.Text(every);
            return own;
        }
    }

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new Injection(environment, this, time);

    private sealed class Injection(IRunningEnvironment environment, ExpireFault fault, TimeProvider time) : RedisInjection(environment)
    {
        private readonly Random _draw = new(1);
        private Func<CancellationToken, Task>? _stop;

        protected override async Task InjectAsync(IServer server, IDatabase database, CancellationToken runToken)
        {
            Evidence["keys expired"] = 0;
            await ExpireAsync(server, database);
            if (fault.Every is { } every)
            {
                _stop = Loop.Start(async token =>
                {
                    while (true)
                    {
                        await Task.Delay(every, time, token);
                        await ExpireAsync(server, database);
                    }
                });
            }
        }

        protected override Task HealAsync(IServer server, CancellationToken healToken) => _stop is null ? Task.CompletedTask : _stop(healToken);

        private async Task ExpireAsync(IServer server, IDatabase database)
        {
            var found = new List<RedisKey>();
            await foreach (RedisKey key in server.KeysAsync(pattern: fault.Keys, pageSize: 1000))
            {
                if (fault.Share == 1 || _draw.NextDouble() < fault.Share)
                    found.Add(key);
            }

            RedisKey[] keys = fault.Hottest is { } count ? await HottestAsync(database, found, count) : [.. found];
            if (keys.Length > 0)
                Evidence["keys expired"] += await database.KeyDeleteAsync(keys); // one command: one instant for whoever reads
        }

        private static async Task<RedisKey[]> HottestAsync(IDatabase database, List<RedisKey> keys, int count)
        {
            long?[] read = await Task.WhenAll(keys.Select(key => database.KeyFrequencyAsync(key)));
            return [.. keys.Zip(read).OrderByDescending(pair => pair.Second ?? 0).Take(count).Select(pair => pair.First)];
        }
    }
}

internal sealed class ExpireFaultKind : IFaultKind
{
    public const string Word = "expire-cache";

    public string Name => Word;

    public string Summary => "cached values are gone all at one instant: keys (a pattern), hottest (so many), share, every";

    public Fault Read(FaultFields fields)
    {
        TimeSpan every = fields.Duration("every", TimeSpan.Zero);
        long? hottest = fields.Own.Optional<long>("hottest", Units.TryCount, Units.CountForm);
        if (hottest is not null && fields.Environment.Name == "embedded")
            fields.Own.Report("hottest", "the store of --env embedded does not count how often a key is read; --env local has one that does");
        return new ExpireFault
        {
            Parts = fields.NeedsStore(StoreFields.Redis, "keys"),
            Keys = fields.Own.Text("keys") ?? ExpireFault.CachedPattern,
            Hottest = (int?)hottest,
            Share = fields.Ratio("share", 1),
            Every = every > TimeSpan.Zero ? every : null,
        };
    }
}
