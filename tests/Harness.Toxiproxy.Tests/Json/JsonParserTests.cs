using System.Text;
using CsCheck;
using Harness.Toxiproxy.Json;

namespace Harness.Toxiproxy.Tests.Json;

public sealed class JsonParserTests
{
    private static readonly string[] Parts = ["{", "}", "[", "]", ":", ",", "\"", "a", "1", "-", ".", "e", "null", "true", "\\", "u", " "];

    [Theory]
    [InlineData("", "EOF")]
    [InlineData("   ", "EOF")]
    [InlineData("[1", "unexpected EOF")]
    [InlineData("\"abc", "unexpected EOF")]
    [InlineData("<html>", "invalid character '<' looking for beginning of value")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("-x", "invalid character 'x' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1ex", "invalid character 'x' in exponent of numeric literal")]
    [InlineData("\"\\x\"", "invalid character 'x' in string escape code")]
    [InlineData("\"\n\"", "invalid character '\\n' in string literal")]
    public void What_is_no_JSON_is_refused_in_Gos_words(string text, string error)
    {
        JsonFormatException refused = Assert.Throws<JsonFormatException>(() => JsonParser.Parse(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(error, refused.Message);
    }

    [Theory]
    [InlineData("\"\\u0041\\n\\/\"", "A\n/")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\ud83d\"", "\ufffd")]
    public void Escapes_are_read(string text, string expected) => Assert.Equal(expected, JsonParser.Parse(Encoding.UTF8.GetBytes(text)).Text);

    [Fact]
    public void Nesting_is_bounded()
    {
        byte[] deep = Encoding.UTF8.GetBytes(new string('[', 1_000_000));

        Assert.Equal("exceeded max depth", Assert.Throws<JsonFormatException>(() => JsonParser.Parse(deep)).Message);
    }

    [Fact]
    public void No_bytes_at_all_do_worse_than_be_refused() => Gen.Byte.Array[0, 60].Sample(bytes => Refused(bytes) || true);

    [Fact]
    public void No_text_of_JSONs_own_characters_does_worse_than_be_refused() =>
        Gen.Int[0, Parts.Length - 1].Array[0, 20]
            .Sample(parts => Refused(Encoding.UTF8.GetBytes(string.Concat(parts.Select(p => Parts[p])))) || true);

    [Fact]
    public void What_was_written_is_read_back() =>
        Gen.String.Sample(text => JsonParser.Parse(Encoding.UTF8.GetBytes(JsonText.Of(text))).Text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(1f, "1")]
    [InlineData(0.5f, "0.5")]
    [InlineData(1e7f, "10000000")]
    [InlineData(0.123456789f, "0.12345679")]
    [InlineData(1e-7f, "1e-7")]
    [InlineData(1e21f, "1e+21")]
    [InlineData(-80f, "-80")]
    public void Floats_are_written_as_by_Go(float value, string expected) => Assert.Equal(expected, JsonText.Of(value));

    private static bool Refused(byte[] bytes)
    {
        try
        {
            JsonParser.Parse(bytes);
            return false;
        }
        catch (JsonFormatException)
        {
            return true;
        }
    }
}
