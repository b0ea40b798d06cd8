using Harness.Toxiproxy.Json;
using Harness.Toxiproxy.Proxies;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Api;

using Fields = IReadOnlyList<KeyValuePair<string, JsonValue>>;

/// <summary>Toxics as JSON.</summary>
internal static class WireToxic
{
    public static string Write(ToxicDefinition toxic)
    {
        var fields = new List<(string, string)>
        {
            ("attributes", JsonText.Object(toxic.Attributes.All.Select(a => (a.Spec.Name, WriteValue(a.Value))))),
            ("name", JsonText.Of(toxic.Name)),
            ("type", JsonText.Of(toxic.Type.Name)),
            ("stream", JsonText.Of(toxic.StreamText)),
            ("toxicity", JsonText.Of(toxic.Toxicity)),
        };
        if (toxic.Clients.Text.Length > 0)
            fields.Add((ClientFilter.Name, JsonText.Of(toxic.Clients.Text)));
        if (toxic.Lease is { } lease)
            fields.Add((WireLease.Name, JsonText.Of((long)lease.TotalMilliseconds)));
        return JsonText.Object(fields);
    }

    /// <summary>Reads a toxic to be added.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="now">From when on a lease counts.</param>
    /// <exception cref="ApiException">400 with what is wrong.</exception>
    public static ToxicDefinition ReadNew(JsonValue body, TimeSpan now)
    {
        var reader = new FieldReader("ToxicWrapper");
        Fields fields = reader.Object(body, "toxics.ToxicWrapper");
        JsonValue? attributes = reader.Nested(fields, "attributes", "toxics.NoopToxic");
        string stream = reader.Text(fields, "stream", "downstream")!;
        string type = reader.Text(fields, "type", "")!;
        string name = reader.Text(fields, "name", "")!;
        float toxicity = reader.Float(fields, "toxicity", 1)!.Value;
        TimeSpan? lease = WireLease.Read(reader, fields);
        string clients = reader.Text(fields, ClientFilter.Name, "")!;
        if (reader.Error is { } error)
            throw ApiException.BadBody(error);
        ToxicStream direction = ReadStream(stream);
        ToxicType known = ToxicCatalog.Find(type) ?? throw ApiException.InvalidToxicType();
        return new ToxicDefinition
        {
            Type = known,
            Name = name.Length == 0 ? $"{type}_{stream}" : name,
            StreamText = stream,
            Stream = direction,
            Toxicity = toxicity,
            Attributes = ReadAttributes(known, AttributeValues.Defaults(known.Attributes), attributes),
            Evidence = new EvidenceCounter(),
            Clients = ClientFilter.Parse(clients) ?? throw ApiException.BadBody($"{ClientFilter.Name}: {clients} is no list of addresses and networks"),
            Lease = lease,
            LeaseEnds = now + lease,
        };
    }

    /// <summary>The toxic with what <paramref name="body"/> changes: attributes, field by field, toxicity and lease; nothing else is looked at.</summary>
    /// <exception cref="ApiException">400 with what is wrong.</exception>
    public static ToxicDefinition ReadUpdate(ToxicDefinition toxic, JsonValue body, TimeSpan now)
    {
        var reader = new FieldReader("");
        Fields fields = reader.Object(body, "struct { Attributes interface {} \"json:\\\"attributes\\\"\"; Toxicity float32 \"json:\\\"toxicity\\\"\" }");
        JsonValue? attributes = reader.Nested(fields, "attributes", $"toxics.{toxic.Type.StructName}");
        float toxicity = reader.Float(fields, "toxicity", toxic.Toxicity)!.Value;
        TimeSpan? lease = WireLease.Read(reader, fields) ?? toxic.Lease;
        if (reader.Error is { } error)
            throw ApiException.BadBody(error);
        AttributeValues values = ReadAttributes(toxic.Type, toxic.Attributes, attributes);
        // Renewing a lease and nothing else must not let the chunk in hand through early.
        bool onlyRenews = attributes is null && toxicity.Equals(toxic.Toxicity) && fields.Any(f => f.Key.Equals(WireLease.Name, StringComparison.OrdinalIgnoreCase));
        return toxic with
        {
            Attributes = values,
            Toxicity = toxicity,
            Lease = lease,
            LeaseEnds = now + lease,
            Revision = onlyRenews ? toxic.Revision : toxic.Revision + 1,
        };
    }

    private static ToxicStream ReadStream(string text) => text.ToLowerInvariant() switch
    {
        "downstream" => ToxicStream.Downstream,
        "upstream" => ToxicStream.Upstream,
        "both" => ToxicStream.Both,
        _ => throw ApiException.InvalidStream(),
    };

    private static AttributeValues ReadAttributes(ToxicType type, AttributeValues current, JsonValue? given)
    {
        var reader = new FieldReader(type.StructName, "attributes.");
        foreach (AttributeSpec spec in type.Attributes)
            current = current.With(spec, ReadValue(reader, given?.Fields ?? [], spec, current));
        return (reader.Error ?? type.Problem(current)) is { } error ? throw ApiException.BadBody(error) : current;
    }

    private static object ReadValue(FieldReader reader, Fields fields, AttributeSpec spec, AttributeValues current) => spec.Kind switch
    {
        AttributeKind.Integer => reader.Integer(fields, spec.Name, current.Integer(spec.Name))!,
        AttributeKind.Number => reader.Number(fields, spec.Name, current.Number(spec.Name))!,
        _ => reader.Text(fields, spec.Name, current.Text(spec.Name))!,
    };

    private static string WriteValue(object value) => value switch
    {
        long integer => JsonText.Of(integer),
        double number => JsonText.Of(number),
        _ => JsonText.Of((string)value),
    };
}
