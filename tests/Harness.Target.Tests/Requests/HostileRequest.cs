using System.Net.Http.Headers;
using System.Text;
using CsCheck;

namespace Harness.Target.Tests.Requests;

/// <summary>A request that nobody means well with, or by chance a sound one with a sound answer.</summary>
internal sealed record HostileRequest(int Service, string Method, string Path, string? ContentType, byte[] Body, string? Key)
{
    private static readonly Gen<string> Injections = One(
        "'; DROP TABLE orders; --", "1 OR 1=1", "\" OR \"\"=\"", "${jndi:ldap://x}", "\n{\"EventId\":0,\"Message\":\"forged\"}", "\r\nSet-Cookie: a=b", "../../etc/passwd",
        "\u0000", "\u202e\u2028", "%s%n", "<script>alert(1)</script>", new string('A', 5000), "", " ", ".", "..", "a/../b", "sku-0001\u0000", "😀", "NaN", "null");

    private static readonly Gen<string> Numbers = One(
        "-1", "0", "1.5", "1e400", "-0", "99999999999999999999999", "1001", "2147483648", "9223372036854775808", "\"7\"", "true", "null", "[]", "{}", "\"\\ud800\"", "1e2", "01");

    private static readonly Gen<string> Quoted = Injections.Select(text => System.Text.Json.JsonSerializer.Serialize(text));

    private static readonly Gen<string> Values = Gen.OneOf(Quoted, Numbers, One("\"sku-0001\"", "\"customer-1\"", "\"sku-9999\"", "1"));

    private static readonly Gen<string> Names = One("customer", "sku", "quantity", "quantity", "priceCents", "Quantity", "__proto__", "\\ud800", "quantiy");

    private static readonly Gen<string> Objects = Gen.Select(Names, Values, (name, value) => $"\"{name}\":{value}").Array[0, 5].Select(fields => $"{{{string.Join(',', fields)}}}");

    private static readonly Gen<string> Orders = Gen.Select(
        Gen.OneOf(One("\"customer-1\""), One("\"customer-2\""), Values), Gen.OneOf(One("\"sku-0001\""), One("\"sku-0002\""), Values), Gen.OneOf(One("1"), One("2"), Numbers),
        (customer, sku, quantity) => $$"""{"customer":{{customer}},"sku":{{sku}},"quantity":{{quantity}},"priceCents":{{quantity}}}""");

    private static readonly Gen<byte[]> Bodies = Gen.OneOf(
        Orders.Select(Encoding.UTF8.GetBytes),
        Orders.Select(Encoding.UTF8.GetBytes),
        Orders.Select(Encoding.UTF8.GetBytes),
        Objects.Select(Encoding.UTF8.GetBytes),
        Objects.Select(Encoding.UTF8.GetBytes),
        Gen.Select(Objects, Gen.Int[0, 20], (text, cut) => Encoding.UTF8.GetBytes(text)[..^Math.Min(cut, text.Length)]),
        Gen.Int[1, 3000].Select(depth => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth))),
        Gen.Int[1, 60_000].Select(length => Encoding.UTF8.GetBytes($"{{\"customer\":\"{new string('x', length)}\"}}")),
        Gen.Byte.Array[0, 200],
        Gen.Const(Encoding.UTF8.GetBytes("{\"customer\":\"").Concat(new byte[] { 0xff, 0xfe, 0xc0 }).Concat("\"}"u8.ToArray()).ToArray()));

    private static readonly Gen<string> Paths = Gen.OneOf(
        One("/orders", "/orders", "/orders", "/products/sku-0001/price", "/products/sku-0001/restock", "/audit", "/", "/nothing", "/health/live", "/orders/", "//", "/products/sku-9999/price"),
        Injections.Select(text => "/orders/" + Uri.EscapeDataString(text)),
        Injections.Select(text => "/products/" + Uri.EscapeDataString(text)),
        Injections.Select(text => $"/products/{Uri.EscapeDataString(text)}/price"));

    // Half of them go where something happens.
    private static readonly Gen<(int Service, string Method, string Path)> Targets = Gen.OneOf(
        One((0, "POST", "/orders"), (0, "POST", "/orders"), (2, "PUT", "/products/sku-0001/price"), (2, "POST", "/products/sku-0001/restock")),
        Gen.Select(Gen.Int[0, 2], One("POST", "PUT", "GET", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW"), Paths));

    public static readonly Gen<HostileRequest> Any = Gen.Select(
        Targets,
        Gen.OneOf(One<string?>("application/json"), One<string?>("application/json", "application/json; charset=utf-16", "text/plain", "application/xml", "*/*", null)),
        Bodies,
        Gen.OneOf(Injections.Select(text => (string?)text), One<string?>("key-1", null), Gen.Int.Select(number => (string?)$"key-{number}")),
        (target, type, body, key) => new HostileRequest(target.Service, target.Method, target.Path, type, body, key));

    /// <summary>False for what the web server itself does not take for HTTP, and refuses with a bare 400.</summary>
    public bool ReachesTheService => !Path.Contains("%00", StringComparison.Ordinal);

    private static Gen<T> One<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(choice => choices[choice]);

    /// <summary>Path and key go over the wire as they are, as far as this client's own library lets them.</summary>
    public HttpRequestMessage ToMessage(Uri service)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), service.AbsoluteUri.TrimEnd('/') + Path);
        if (Method is not ("GET" or "HEAD"))
        {
            message.Content = new ByteArrayContent(Body);
            if (ContentType is not null)
                message.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(ContentType, out var type) ? type : null;
        }

        // A line break would be this client's own error, and never leave it.
        if (Key is not null && !Key.AsSpan().ContainsAny('\r', '\n', '\0'))
            message.Headers.TryAddWithoutValidation("Idempotency-Key", Key);
        return message;
    }

    public override string ToString() => $"{Method} {Path} {ContentType} {Key} {Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 300)))}";
}
