using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Proxies;

/// <summary>A proxy to be made.</summary>
internal sealed record NewProxy(string Name, string Listen, string Upstream, bool Enabled, ToxicChain Toxics);

/// <summary>What to change about a proxy; null keeps what is.</summary>
internal sealed record ProxyUpdate(string? Listen, string? Upstream, bool? Enabled, TimeSpan? Lease);
