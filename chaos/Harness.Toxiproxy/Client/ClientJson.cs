using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Client;

/// <summary>What the client sends and reads, between the wire's units and ours.</summary>
internal static class ClientJson
{
    public static JsonObject Write(Toxic toxic)
    {
        var body = new JsonObject
        {
            ["type"] = toxic.WireName,
            ["stream"] = toxic.Stream.ToString().ToLowerInvariant(),
            ["toxicity"] = toxic.ToxicityRatio,
            ["attributes"] = new JsonObject(toxic.WireAttributes().Select(a => KeyValuePair.Create(a.Name, JsonSerializer.SerializeToNode(a.Value)))),
        };
        if (toxic.Name is { } name)
            body["name"] = name;
        if (toxic.Clients is { } clients)
            body[ClientFilter.Name] = clients;
        AddLease(body, toxic.Lease);
        return body;
    }

    public static void AddLease(JsonObject body, TimeSpan? lease)
    {
        if (lease is { } given)
            body["lease_ms"] = (long)Math.Ceiling(given.TotalMilliseconds);
    }

    public static Proxy ReadProxy(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.GetProperty("listen").GetString()!,
        json.GetProperty("upstream").GetString()!,
        json.GetProperty("enabled").GetBoolean(),
        [.. json.GetProperty("toxics").EnumerateArray().Select(ReadToxic)]);

    public static Toxic ReadToxic(JsonElement json)
    {
        string type = json.GetProperty("type").GetString()!;
        JsonElement attributes = json.GetProperty("attributes");
        Toxic toxic = ToxicCatalog.Find(type) is { } known
            ? known.Read(ReadAttributes(known, attributes))
            : new UnknownToxic { Type = type, Attributes = attributes.EnumerateObject().ToDictionary(a => a.Name, a => a.Value.Clone()) };
        return toxic with
        {
            Name = json.GetProperty("name").GetString(),
            Stream = Enum.Parse<ToxicStream>(json.GetProperty("stream").GetString()!, ignoreCase: true),
            ToxicityRatio = json.GetProperty("toxicity").GetDouble(),
            Clients = json.TryGetProperty(ClientFilter.Name, out JsonElement clients) ? clients.GetString() : null,
            Lease = json.TryGetProperty("lease_ms", out JsonElement lease) ? TimeSpan.FromMilliseconds(lease.GetInt64(), 0) : null,
        };
    }

    public static ToxicEvidence ReadToxicEvidence(JsonElement json) =>
        new(Number(json, "connections"), Number(json, "chunks"), Number(json, "bytes"));

    public static ProxyEvidence ReadProxyEvidence(JsonElement json) =>
        new(Number(json, "accepted"), Number(json, "open"), Number(json, "dials_failed"), Number(json, "cut"), Number(json, "refused"));

    private static AttributeValues ReadAttributes(ToxicType type, JsonElement json)
    {
        AttributeValues values = AttributeValues.Defaults(type.Attributes);
        foreach (AttributeSpec spec in type.Attributes)
        {
            if (json.TryGetProperty(spec.Name, out JsonElement value))
                values = values.With(spec, Read(spec.Kind, value));
        }
        return values;
    }

    private static object Read(AttributeKind kind, JsonElement value) => kind switch
    {
        AttributeKind.Integer => value.GetInt64(),
        AttributeKind.Number => value.GetDouble(),
        _ => value.GetString() ?? "",
    };

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
