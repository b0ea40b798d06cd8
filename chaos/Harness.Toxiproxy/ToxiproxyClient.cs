using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Toxiproxy.Client;

namespace Harness.Toxiproxy;

/// <summary>A client of any Toxiproxy: this project's or the original. Thread-safe.</summary>
/// <param name="url">Where its control API is.</param>
/// <param name="token">What it wants to hear before a change; null when it wants nothing.</param>
/// <remarks>Every method throws <see cref="ToxiproxyException"/> when the server cannot be reached or refuses.</remarks>
public sealed class ToxiproxyClient(Uri url, string? token = null) : IDisposable
{
    private readonly ControlCaller _caller = new(url, token);

    /// <summary>Makes a proxy that is enabled.</summary>
    /// <param name="name">Unique in the server.</param>
    /// <param name="listen"><c>127.0.0.1:0</c> takes a free port.</param>
    /// <param name="upstream">Where it connects to, <c>host:port</c>.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>The proxy with the address it is bound to.</returns>
    public async Task<Proxy> CreateProxyAsync(string name, string listen, string upstream, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["name"] = name, ["listen"] = listen, ["upstream"] = upstream, ["enabled"] = true };
        return ClientJson.ReadProxy(await _caller.CallAsync(HttpMethod.Post, "proxies", body, $"create proxy {name}", cancellationToken));
    }

    /// <summary>All proxies by name.</summary>
    public async Task<IReadOnlyDictionary<string, Proxy>> GetProxiesAsync(CancellationToken cancellationToken)
    {
        JsonElement all = await _caller.CallAsync(HttpMethod.Get, "proxies", null, "list proxies", cancellationToken);
        return all.EnumerateObject().ToDictionary(p => p.Name, p => ClientJson.ReadProxy(p.Value));
    }

    public async Task<Proxy> GetProxyAsync(string proxy, CancellationToken cancellationToken) =>
        ClientJson.ReadProxy(await _caller.CallAsync(HttpMethod.Get, Path(proxy), null, $"read proxy {proxy}", cancellationToken));

    /// <summary>Enables a proxy, or disables it: connections are closed and new ones refused.</summary>
    public Task SetEnabledAsync(string proxy, bool enabled, CancellationToken cancellationToken) => SetEnabledAsync(proxy, enabled, null, cancellationToken);

    /// <summary>The same with a lease: a disabled proxy is enabled by itself after <paramref name="lease"/>, unless this is called again.</summary>
    public async Task SetEnabledAsync(string proxy, bool enabled, TimeSpan? lease, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["enabled"] = enabled };
        ClientJson.AddLease(body, lease);
        // POST, because servers before 2.5 know no PATCH.
        await _caller.CallAsync(HttpMethod.Post, Path(proxy), body, $"{(enabled ? "enable" : "disable")} proxy {proxy}", cancellationToken);
    }

    /// <summary>Leads a proxy to another upstream, <c>host:port</c>; connections that are open are closed. It does nothing when it leads there already.</summary>
    public async Task SetUpstreamAsync(string proxy, string upstream, CancellationToken cancellationToken) =>
        await _caller.CallAsync(HttpMethod.Post, Path(proxy), new JsonObject { ["upstream"] = upstream }, $"lead proxy {proxy} to {upstream}", cancellationToken);

    public async Task DeleteProxyAsync(string proxy, CancellationToken cancellationToken) =>
        await _caller.CallAsync(HttpMethod.Delete, Path(proxy), null, $"delete proxy {proxy}", cancellationToken);

    /// <summary>Enables every proxy and removes every toxic.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken) =>
        await _caller.CallAsync(HttpMethod.Post, "reset", null, "reset", cancellationToken);

    /// <summary>The version of Toxiproxy, <c>2.12.0</c>.</summary>
    public async Task<string> GetVersionAsync(CancellationToken cancellationToken) =>
        (await _caller.CallAsync(HttpMethod.Get, "version", null, "read the version", cancellationToken)).GetProperty("version").GetString()!;

    /// <summary>Adds a toxic behind those that are there.</summary>
    /// <returns>The toxic as the server holds it, with its name.</returns>
    public async Task<Toxic> AddToxicAsync(string proxy, Toxic toxic, CancellationToken cancellationToken) => ClientJson.ReadToxic(
        await _caller.CallAsync(HttpMethod.Post, $"{Path(proxy)}/toxics", ClientJson.Write(toxic), $"add toxic {toxic.WireName} to proxy {proxy}", cancellationToken));

    /// <summary>Gives the toxic of that name these values; its stream stays.</summary>
    public async Task<Toxic> UpdateToxicAsync(string proxy, Toxic toxic, CancellationToken cancellationToken)
    {
        string name = toxic.Name ?? throw new ArgumentException("An update needs the toxic's name.", nameof(toxic));
        return ClientJson.ReadToxic(
            await _caller.CallAsync(HttpMethod.Post, Path(proxy, name), ClientJson.Write(toxic), $"update toxic {name} of proxy {proxy}", cancellationToken));
    }

    /// <summary>Starts the lease of a toxic anew and changes nothing else.</summary>
    public async Task RenewToxicAsync(string proxy, string toxicName, TimeSpan lease, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        ClientJson.AddLease(body, lease);
        await _caller.CallAsync(HttpMethod.Patch, Path(proxy, toxicName), body, $"renew toxic {toxicName} of proxy {proxy}", cancellationToken);
    }

    public async Task RemoveToxicAsync(string proxy, string toxicName, CancellationToken cancellationToken) =>
        await _caller.CallAsync(HttpMethod.Delete, Path(proxy, toxicName), null, $"remove toxic {toxicName} of proxy {proxy}", cancellationToken);

    /// <summary>What a toxic touched so far; null when the server is a plain Toxiproxy, which does not count. Read it before removing the toxic.</summary>
    public async Task<ToxicEvidence?> GetEvidenceAsync(string proxy, string toxicName, CancellationToken cancellationToken) =>
        await _caller.TryReadExtensionAsync($"{Path(proxy, toxicName)}/evidence", $"read the evidence of toxic {toxicName} of proxy {proxy}", cancellationToken)
            is { } json ? ClientJson.ReadToxicEvidence(json) : null;

    /// <summary>What a proxy did so far, the connections cut by disabling it too; null when the server is a plain Toxiproxy.</summary>
    public async Task<ProxyEvidence?> GetProxyEvidenceAsync(string proxy, CancellationToken cancellationToken) =>
        await _caller.TryReadExtensionAsync($"{Path(proxy)}/evidence", $"read the evidence of proxy {proxy}", cancellationToken)
            is { } json ? ClientJson.ReadProxyEvidence(json) : null;

    public void Dispose() => _caller.Dispose();

    private static string Path(string proxy) => $"proxies/{Uri.EscapeDataString(proxy)}";

    private static string Path(string proxy, string toxic) => $"{Path(proxy)}/toxics/{Uri.EscapeDataString(toxic)}";
}
