using System.Net;
using Harness.Chaos.Environments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults;

/// <summary>Adds a network fault's toxics to the proxies of its edges, and removes exactly those again.</summary>
internal sealed class ToxicInjection(NetworkFault fault, ToxiproxyClient proxies) : IInjection
{
    private readonly List<(string Proxy, string Toxic)> _added = [];

    public async Task InjectAsync(CancellationToken runToken)
    {
        foreach (Edge edge in fault.Edges)
        {
            foreach (Toxic toxic in fault.Toxics)
            {
                Toxic named = toxic with { Name = $"{fault.Name}-{toxic.Stream}".ToLowerInvariant() };
                // Noted before it is asked for: a call that is cut off may still have taken effect.
                _added.Add((edge.ToString(), named.Name));
                await proxies.AddToxicAsync(edge.ToString(), named, runToken);
            }
        }
    }

    public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
    {
        ToxicEvidence? sum = null;
        var failures = new List<Exception>();
        foreach ((string proxy, string toxic) in _added)
        {
            try
            {
                sum = Sum(sum, await RemoveAsync(proxy, toxic, healToken));
            }
            catch (Exception error) when (error is ToxiproxyException or OperationCanceledException)
            {
                // One edge that cannot be healed is no reason to leave the next one broken.
                failures.Add(error);
            }
        }

        if (failures.Count > 0)
            throw new HealingException(fault.Name, failures);
        return sum is null
            ? null
            : new Dictionary<string, double> { ["connections"] = sum.Connections, ["chunks"] = sum.Chunks, ["bytes"] = sum.Bytes };
    }

    private async Task<ToxicEvidence?> RemoveAsync(string proxy, string toxic, CancellationToken healToken)
    {
        try
        {
            // Read just before the removal, which forgets it.
            ToxicEvidence? seen = await proxies.GetEvidenceAsync(proxy, toxic, healToken);
            await proxies.RemoveToxicAsync(proxy, toxic, healToken);
            return seen;
        }
        catch (ToxiproxyException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // It never got there: the injection was cut off before this edge.
            return null;
        }
    }

    private static ToxicEvidence? Sum(ToxicEvidence? one, ToxicEvidence? other) => (one, other) switch
    {
        ({ } a, { } b) => new ToxicEvidence(a.Connections + b.Connections, a.Chunks + b.Chunks, a.Bytes + b.Bytes),
        _ => one ?? other,
    };
}
