using System.Text.Json;

namespace Harness.Target.Orders;

/// <summary>What a client asks for. Known to be sound: it only comes out of <see cref="Read"/>.</summary>
/// <param name="Customer">1 to 64 characters.</param>
/// <param name="Sku">1 to 64 characters.</param>
/// <param name="Quantity">1 to 1000.</param>
public sealed record OrderRequest(string Customer, string Sku, int Quantity)
{
    private const int QuantityMax = 1000;
    private const int WordLengthMax = 64;
    private const int KeyLengthMax = 200;

    /// <summary>Reads a body and a key.</summary>
    /// <param name="problems">Every problem at once, by field; empty when the request is sound.</param>
    /// <returns>Null when there are problems.</returns>
    public static OrderRequest? Read(JsonDocument? body, string? idempotencyKey, out Dictionary<string, string[]> problems)
    {
        problems = [];
        if (string.IsNullOrWhiteSpace(idempotencyKey) || idempotencyKey.Length > KeyLengthMax)
            problems["Idempotency-Key"] = [$"The header must be there, with 1 to {KeyLengthMax} characters."];
        if (body?.RootElement.ValueKind != JsonValueKind.Object)
        {
            problems["body"] = ["It must be a JSON object like {\"customer\":\"customer-7\",\"sku\":\"sku-0001\",\"quantity\":2}."];
            return null;
        }

        var customer = ReadWord(body.RootElement, "customer", problems);
        var sku = ReadWord(body.RootElement, "sku", problems);
        var quantity = ReadQuantity(body.RootElement, problems);
        return problems.Count == 0 ? new OrderRequest(customer, sku, quantity) : null;
    }

    private static string ReadWord(JsonElement body, string name, Dictionary<string, string[]> problems)
    {
        var word = body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (string.IsNullOrWhiteSpace(word) || word.Length > WordLengthMax || word.Any(char.IsControl))
            problems[name] = [$"It must be a text of 1 to {WordLengthMax} characters without control characters."];
        return word;
    }

    private static int ReadQuantity(JsonElement body, Dictionary<string, string[]> problems)
    {
        if (body.TryGetProperty("quantity", out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var quantity) && quantity is >= 1 and <= QuantityMax)
            return quantity;
        problems["quantity"] = [$"It must be a whole number from 1 to {QuantityMax}."];
        return 0;
    }
}
