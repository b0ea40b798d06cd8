using Harness.Toxiproxy.Json;
using Harness.Toxiproxy.Proxies;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Api;

using Fields = IReadOnlyList<KeyValuePair<string, JsonValue>>;

/// <summary>Proxies as JSON.</summary>
internal static class WireProxy
{
    private const string PopulateType = """[]struct { toxiproxy.Proxy; Enabled *bool "json:\"enabled\"" }""";

    public static string Write(ServedProxy proxy)
    {
        ProxyState state = proxy.State;
        var fields = new List<(string, string)>
        {
            ("name", JsonText.Of(state.Name)),
            ("listen", JsonText.Of(state.Listen)),
            ("upstream", JsonText.Of(state.Upstream)),
            ("enabled", JsonText.Of(state.Enabled)),
            ("toxics", JsonText.Array(proxy.Chain.Listed.Select(WireToxic.Write))),
        };
        return JsonText.Object(fields);
    }

    public static string Write(IEnumerable<ServedProxy> proxies) => JsonText.Object(proxies.Select(p => (p.Name, Write(p))));

    /// <exception cref="ApiException">400 with what is wrong.</exception>
    public static NewProxy ReadNew(JsonValue body, TimeSpan now)
    {
        var reader = new FieldReader("Proxy");
        NewProxy proxy = ReadNew(reader, reader.Object(body, "toxiproxy.Proxy"), now);
        ThrowIfMisfit(reader);
        ThrowIfIncomplete(proxy, "");
        return proxy;
    }

    /// <exception cref="ApiException">400 with what is wrong.</exception>
    public static ProxyUpdate ReadUpdate(JsonValue body)
    {
        var reader = new FieldReader("Proxy");
        Fields fields = reader.Object(body, "toxiproxy.Proxy");
        var update = new ProxyUpdate(
            reader.Text(fields, "listen", null), reader.Text(fields, "upstream", null), reader.Bool(fields, "enabled", null), WireLease.Read(reader, fields));
        reader.Text(fields, "name", null);
        ThrowIfMisfit(reader);
        return update;
    }

    /// <exception cref="ApiException">400 with what is wrong; then none is to be made.</exception>
    public static IReadOnlyList<NewProxy> ReadMany(JsonValue body, TimeSpan now)
    {
        if (body.Kind is not (JsonKind.Array or JsonKind.Null))
            throw ApiException.BadBody($"json: cannot unmarshal {body.KindName} into Go value of type {PopulateType}");
        var reader = new FieldReader("");
        List<NewProxy> proxies = [.. body.Items.Select(item => ReadNew(reader, reader.Object(item, PopulateType[2..]), now))];
        ThrowIfMisfit(reader);
        for (int i = 0; i < proxies.Count; i++)
            ThrowIfIncomplete(proxies[i], $" at proxy {i + 1}");
        return proxies;
    }

    private static NewProxy ReadNew(FieldReader reader, Fields fields, TimeSpan now) => new(
        reader.Text(fields, "name", "")!, reader.Text(fields, "listen", "")!, reader.Text(fields, "upstream", "")!,
        reader.Bool(fields, "enabled", true)!.Value, ReadToxics(fields, now));

    // An extension: the original ignores toxics here. Clients that do not know it send none, or null.
    private static ToxicChain ReadToxics(Fields fields, TimeSpan now)
    {
        ToxicChain chain = ToxicChain.Empty;
        foreach (JsonValue json in fields.LastOrDefault(f => f.Key.Equals("toxics", StringComparison.OrdinalIgnoreCase)).Value?.Items ?? [])
        {
            ToxicDefinition toxic = WireToxic.ReadNew(json, now);
            chain = chain.Find(toxic.Name) is null ? chain.With(toxic) : throw ApiException.ToxicExists();
        }
        return chain;
    }

    private static void ThrowIfMisfit(FieldReader reader)
    {
        if (reader.Error is { } error)
            throw ApiException.BadBody(error);
    }

    private static void ThrowIfIncomplete(NewProxy proxy, string where)
    {
        if (proxy.Name.Length == 0)
            throw ApiException.MissingField($"name{where}");
        if (proxy.Upstream.Length == 0)
            throw ApiException.MissingField($"upstream{where}");
    }
}
