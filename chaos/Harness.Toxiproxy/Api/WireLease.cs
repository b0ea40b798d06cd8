using Harness.Toxiproxy.Json;

namespace Harness.Toxiproxy.Api;

/// <summary>The field <c>lease_ms</c>, an extension: a fault that carries it heals by itself unless it is renewed.</summary>
internal static class WireLease
{
    public const string Name = "lease_ms";

    // A day: who holds a fault longer renews it, or does without a lease.
    private const long LeaseMillisecondsMax = 86_400_000;

    /// <summary>Null when there is none, or when it is not positive.</summary>
    public static TimeSpan? Read(FieldReader reader, IReadOnlyList<KeyValuePair<string, JsonValue>> fields) =>
        reader.Integer(fields, Name, null) is > 0 and var milliseconds
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, LeaseMillisecondsMax), 0)
            : null;
}
