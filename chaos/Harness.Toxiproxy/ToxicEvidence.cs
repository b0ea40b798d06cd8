namespace Harness.Toxiproxy;

/// <summary>What a toxic did so far, counted by the server: the proof that a fault bit.</summary>
/// <param name="Connections">Connections it did something to.</param>
/// <param name="Chunks">Chunks it delayed, dropped, cut or changed.</param>
/// <param name="Bytes">Bytes in those chunks.</param>
public sealed record ToxicEvidence(long Connections, long Chunks, long Bytes);

/// <summary>What a proxy did so far.</summary>
/// <param name="Accepted">Connections accepted.</param>
/// <param name="Open">Connections open now.</param>
/// <param name="DialsFailed">Connections closed because the upstream could not be reached.</param>
/// <param name="Cut">Open connections that disabling, moving or deleting the proxy closed.</param>
/// <param name="Refused">Connects turned away by a toxic. Those to a disabled proxy are refused by the operating system, and nobody can count them.</param>
public sealed record ProxyEvidence(long Accepted, long Open, long DialsFailed, long Cut, long Refused);
