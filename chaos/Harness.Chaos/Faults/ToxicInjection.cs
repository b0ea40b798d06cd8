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
        foreach ((string proxy, string toxic) in _added)
        {
            // Read just before the removal, which forgets it.
            if (await proxies.GetEvidenceAsync(proxy, toxic, healToken) is { } seen)
                sum = sum is null ? seen : new ToxicEvidence(sum.Connections + seen.Connections, sum.Chunks + seen.Chunks, sum.Bytes + seen.Bytes);
            await proxies.RemoveToxicAsync(proxy, toxic, healToken);
        }

        return sum is null ? null : new Dictionary<string, double> { ["connections"] = sum.Connections, ["chunks"] = sum.Chunks, ["bytes"] = sum.Bytes };
    }
}
