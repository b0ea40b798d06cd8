using System.Net;
using Harness.Chaos.Environments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>
/// Adds a network fault's toxics to the proxies of its edges, and removes exactly those again. On proxies that live on without us each
/// toxic is a lease, so that it heals by itself soon after we are gone.
/// </summary>
internal sealed class ToxicInjection(NetworkFault fault, IRunningEnvironment environment, TimeProvider time) : IInjection
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);

    private readonly ToxiproxyClient _proxies = environment.Proxies;
    private readonly List<(string Proxy, string Toxic)> _added = [];
    private Func<CancellationToken, Task>? _stopRenewing;

    public async Task InjectAsync(CancellationToken runToken)
    {
        if (environment.ProxiesOutliveUs)
            _stopRenewing = Loop.Start(RenewAsync);
        foreach (Edge edge in fault.Edges)
        {
            foreach (Toxic toxic in fault.Toxics)
            {
                Toxic named = toxic with { Name = $"{fault.Name}-{toxic.Stream}".ToLowerInvariant(), Lease = environment.ProxiesOutliveUs ? Lease : null };
                // Noted before it is asked for: a call that is cut off may still have taken effect.
                lock (_added)
                    _added.Add((environment.ProxyOf(edge), named.Name));
                await _proxies.AddToxicAsync(environment.ProxyOf(edge), named, runToken);
            }
        }
    }

    public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
    {
        if (_stopRenewing is not null)
            await _stopRenewing(healToken);
        // The streams of an edge hit the same connections, so of those the larger number counts; chunks and bytes add up.
        var seen = new Dictionary<string, ToxicEvidence>();
        var failures = new List<Exception>();
        foreach ((string proxy, string toxic) in _added)
        {
            try
            {
                if (await RemoveAsync(proxy, toxic, healToken) is { } one)
                    seen[proxy] = seen.TryGetValue(proxy, out ToxicEvidence? other) ? Joined(one, other) : one;
            }
            catch (Exception error) when (error is ToxiproxyException or OperationCanceledException)
            {
                // One edge that cannot be healed is no reason to leave the next one broken.
                failures.Add(error);
            }
        }

        if (failures.Count > 0)
            throw new HealingException(fault.Name, failures);
        return seen.Count == 0
            ? null
            : new Dictionary<string, double>
            {
                ["connections"] = seen.Values.Sum(one => one.Connections),
                ["chunks"] = seen.Values.Sum(one => one.Chunks),
                ["bytes"] = seen.Values.Sum(one => one.Bytes),
            };
    }

    private async Task RenewAsync(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(RenewEvery, time, token);
            (string Proxy, string Toxic)[] held;
            lock (_added)
                held = [.. _added];
            foreach ((string proxy, string toxic) in held)
                await TryRenewAsync(proxy, toxic, token);
        }
    }

    private async Task TryRenewAsync(string proxy, string toxic, CancellationToken token)
    {
        try
        {
            await _proxies.RenewToxicAsync(proxy, toxic, Lease, token);
        }
        catch (ToxiproxyException)
        {
            // A proxy that cannot be asked now may answer the next time; when it never does, the lease does what it is for.
            return;
        }
    }

    private async Task<ToxicEvidence?> RemoveAsync(string proxy, string toxic, CancellationToken healToken)
    {
        try
        {
            // Read just before the removal, which forgets it.
            ToxicEvidence? seen = await _proxies.GetEvidenceAsync(proxy, toxic, healToken);
            await _proxies.RemoveToxicAsync(proxy, toxic, healToken);
            return seen;
        }
        catch (ToxiproxyException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // It never got there: the injection was cut off before this edge.
            return null;
        }
    }

    private static ToxicEvidence Joined(ToxicEvidence a, ToxicEvidence b) =>
        new(Math.Max(a.Connections, b.Connections), a.Chunks + b.Chunks, a.Bytes + b.Bytes);
}
