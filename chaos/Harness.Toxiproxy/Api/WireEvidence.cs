using Harness.Toxiproxy.Json;

namespace Harness.Toxiproxy.Api;

/// <summary>Evidence as JSON.</summary>
internal static class WireEvidence
{
    public static string Write(ToxicEvidence evidence) => JsonText.Object(
    [
        ("connections", JsonText.Of(evidence.Connections)),
        ("chunks", JsonText.Of(evidence.Chunks)),
        ("bytes", JsonText.Of(evidence.Bytes)),
    ]);

    public static string Write(ProxyEvidence evidence) => JsonText.Object(
    [
        ("accepted", JsonText.Of(evidence.Accepted)),
        ("open", JsonText.Of(evidence.Open)),
        ("dials_failed", JsonText.Of(evidence.DialsFailed)),
        ("cut", JsonText.Of(evidence.Cut)),
        ("refused", JsonText.Of(evidence.Refused)),
    ]);
}
