using Harness.Target.Requests;

namespace Harness.Target.Orders;

/// <summary>What a client asks for. Known to be sound: it only comes out of <see cref="Read"/>.</summary>
/// <param name="Customer">1 to 64 characters.</param>
/// <param name="Sku">1 to 64 letters, digits, <c>.</c>, <c>_</c> or <c>-</c>.</param>
/// <param name="Quantity">1 to 1000.</param>
public sealed record OrderRequest(string Customer, string Sku, int Quantity)
{
    /// <summary>The header that makes a repeated request the same request.</summary>
    public const string KeyHeader = "Idempotency-Key";

    internal const string Example = "{\"customer\":\"customer-7\",\"sku\":\"sku-0001\",\"quantity\":2}.";

    internal const int QuantityMax = 1000;
    internal const int WordLengthMax = 64;
    internal const int KeyLengthMax = 200;

    /// <summary>Reads the fields of a body, and the key.</summary>
    /// <param name="fields">Has every problem afterwards.</param>
    /// <param name="keys">As often as the header came.</param>
    /// <returns>Null when there are problems.</returns>
    internal static OrderRequest? Read(RequestFields fields, Microsoft.Extensions.Primitives.StringValues keys)
    {
        if (keys.Count != 1 || !IsKey(keys[0]))
            fields.Add(KeyHeader, $"The header must be there once, with 1 to {KeyLengthMax} printable ASCII characters, not {(keys.Count > 1 ? $"{keys.Count} times" : RequestFields.Quote(keys.Count == 0 ? null : keys[0]))}.");
        var customer = fields.Text("customer", $"a text of 1 to {WordLengthMax} characters without control characters", IsCustomer);
        var sku = fields.Text("sku", $"a text of 1 to {WordLengthMax} letters, digits, '.', '_' or '-', like 'sku-0001'", IsSku);
        var quantity = (int)fields.Whole("quantity", 1, QuantityMax);
        return fields.IsSound ? new OrderRequest(customer, sku, quantity) : null;
    }

    private static bool IsKey(string? key) => !string.IsNullOrWhiteSpace(key) && key.Length <= KeyLengthMax && key.All(character => character is >= ' ' and <= '~');

    private static bool IsCustomer(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= WordLengthMax && !text.Any(char.IsControl);

    // Begins with a letter or digit, so that no name of a product can mean another path when it is asked for.
    private static bool IsSku(string text) =>
        text.Length is >= 1 and <= WordLengthMax && char.IsAsciiLetterOrDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');
}
