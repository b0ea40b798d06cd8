using System.Globalization;
using System.Text;

namespace Harness.Toxiproxy.Json;

/// <summary>Writes JSON as Go does, digit for digit, because clients compare texts.</summary>
internal static class JsonText
{
    /// <summary>A quoted string; <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are escaped so that no browser takes an answer for a page.</summary>
    public static string Of(string text)
    {
        var written = new StringBuilder("\"");
        foreach (char c in text)
            written.Append(Escape(c));
        return written.Append('"').ToString();
    }

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fewest digits that make the same float again.</summary>
    public static string Of(float value) => Plain(value.ToString("R", CultureInfo.InvariantCulture), Math.Abs(value));

    public static string Of(double value) => Plain(value.ToString("R", CultureInfo.InvariantCulture), Math.Abs(value));

    /// <summary>An object of fields that are JSON already.</summary>
    public static string Object(IEnumerable<(string Name, string Json)> fields) =>
        "{" + string.Join(',', fields.Select(f => $"{Of(f.Name)}:{f.Json}")) + "}";

    public static string Array(IEnumerable<string> items) => "[" + string.Join(',', items) + "]";

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
        _ => c.ToString(),
    };

    // Go writes 1000000 where .NET writes 1E+06, and 1e-7 where .NET writes 1E-07.
    private static string Plain(string shortest, double magnitude)
    {
        int exponentAt = shortest.IndexOf('E');
        if (exponentAt < 0)
            return magnitude is > 0 and < 1e-6 ? Exponential(shortest) : shortest;
        if (magnitude is >= 1e-6 and < 1e21)
            return decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        string exponent = shortest[(exponentAt + 1)..];
        string digits = exponent[1..].TrimStart('0');
        return $"{shortest[..exponentAt]}e{exponent[0]}{(exponent[0] == '+' ? digits.PadLeft(2, '0') : digits)}";
    }

    private static string Exponential(string plain) =>
        Plain(decimal.Parse(plain, CultureInfo.InvariantCulture).ToString("0.#################E+00", CultureInfo.InvariantCulture), 1e-7);
}
