using System.Text;

namespace Harness.Toxiproxy.Json;

/// <summary>Reads the first JSON value of a text and says what is wrong in the words of Go's <c>encoding/json</c>, which clients of Toxiproxy show to people.
/// What follows the first value is not looked at.</summary>
internal ref struct JsonParser
{
    // Deep enough for any body that means something, and far from the end of the stack.
    private const int DepthMax = 500;

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private int _depth;

    private JsonParser(ReadOnlySpan<byte> text) => _text = text;

    /// <exception cref="JsonFormatException">It does not begin with a JSON value.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> text)
    {
        var parser = new JsonParser(text);
        parser.SkipSpace();
        if (parser._at == text.Length)
            throw new JsonFormatException("EOF");
        return parser.Value();
    }

    private JsonValue Value()
    {
        SkipSpace();
        return Peek() switch
        {
            (byte)'{' => Nested(ref this, static (ref JsonParser p) => p.Object()),
            (byte)'[' => Nested(ref this, static (ref JsonParser p) => p.Array()),
            (byte)'"' => JsonValue.Scalar(JsonKind.String, new JsonStringReader(_text).Read(ref _at)),
            (byte)'t' => Literal("true", JsonValue.Scalar(JsonKind.Bool, "true")),
            (byte)'f' => Literal("false", JsonValue.Scalar(JsonKind.Bool, "false")),
            (byte)'n' => Literal("null", JsonValue.Null),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(),
            byte other => throw Invalid(other, "looking for beginning of value"),
        };
    }

    private delegate JsonValue Part(ref JsonParser parser);

    private static JsonValue Nested(ref JsonParser parser, Part part)
    {
        if (++parser._depth > DepthMax)
            throw new JsonFormatException("exceeded max depth");
        parser._at++;
        JsonValue value = part(ref parser);
        parser._depth--;
        return value;
    }

    private JsonValue Object()
    {
        var fields = new List<KeyValuePair<string, JsonValue>>();
        if (Accept('}'))
            return JsonValue.Object(fields);
        do
        {
            SkipSpace();
            byte first = Peek();
            if (first != '"')
                throw Invalid(first, "looking for beginning of object key string");
            string key = new JsonStringReader(_text).Read(ref _at);
            Expect(':', "after object key");
            fields.Add(new(key, Value()));
        }
        while (Separator('}', "after object key:value pair"));
        return JsonValue.Object(fields);
    }

    private JsonValue Array()
    {
        var items = new List<JsonValue>();
        if (Accept(']'))
            return JsonValue.Array(items);
        do
            items.Add(Value());
        while (Separator(']', "after array element"));
        return JsonValue.Array(items);
    }

    private JsonValue Literal(string word, JsonValue value)
    {
        for (int i = 0; i < word.Length; i++, _at++)
        {
            byte next = Peek();
            if (next != word[i])
                throw Invalid(next, $"in literal {word} (expecting {JsonStringReader.Quote((byte)word[i])})");
        }
        return value;
    }

    private JsonValue Number()
    {
        int start = _at;
        if (Peek() == '-')
            _at++;
        if (PeekDigit("in numeric literal") == '0')
            _at++;
        else
            Digits();
        if (At('.'))
        {
            _at++;
            PeekDigit("after decimal point in numeric literal");
            Digits();
        }
        if (At('e') || At('E'))
            Exponent();
        return JsonValue.Scalar(JsonKind.Number, Encoding.ASCII.GetString(_text[start.._at]));
    }

    private void Exponent()
    {
        _at++;
        if (At('+') || At('-'))
            _at++;
        PeekDigit("in exponent of numeric literal");
        Digits();
    }

    private void Digits()
    {
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at]))
            _at++;
    }

    private byte PeekDigit(string where)
    {
        byte next = Peek();
        return char.IsAsciiDigit((char)next) ? next : throw Invalid(next, where);
    }

    private bool At(char wanted) => _at < _text.Length && _text[_at] == wanted;

    private bool Accept(char wanted)
    {
        SkipSpace();
        if (Peek() != wanted)
            return false;
        _at++;
        return true;
    }

    private void Expect(char wanted, string where)
    {
        if (!Accept(wanted))
            throw Invalid(Peek(), where);
    }

    /// <summary>True at a comma, false at the end.</summary>
    private bool Separator(char end, string where)
    {
        if (Accept(end))
            return false;
        Expect(',', where);
        return true;
    }

    private readonly byte Peek() => _at < _text.Length ? _text[_at] : throw new JsonFormatException("unexpected EOF");

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _at++;
    }

    private static JsonFormatException Invalid(byte found, string where) =>
        new($"invalid character {JsonStringReader.Quote(found)} {where}");
}
