namespace Harness.Toxiproxy;

/// <summary>A proxy of a Toxiproxy, as the server told it.</summary>
/// <param name="Name">Unique in its server.</param>
/// <param name="Listen">The bound address, <c>127.0.0.1:41234</c>.</param>
/// <param name="Upstream">Where it connects to, <c>host:port</c>.</param>
/// <param name="Enabled">False when it refuses connections.</param>
/// <param name="Toxics">Those of the upstream direction first, each in order of addition.</param>
public sealed record Proxy(string Name, string Listen, string Upstream, bool Enabled, IReadOnlyList<Toxic> Toxics);
