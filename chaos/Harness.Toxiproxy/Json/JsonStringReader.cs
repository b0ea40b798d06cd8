using System.Globalization;
using System.Text;

namespace Harness.Toxiproxy.Json;

/// <summary>Reads one JSON string. Bytes that are no UTF-8 and halves of surrogate pairs become U+FFFD, as with Go.</summary>
internal readonly ref struct JsonStringReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Reads the string that begins with the quote at <paramref name="at"/> and moves behind its end.</summary>
    public string Read(ref int at)
    {
        var read = new StringBuilder();
        int start = ++at;
        while (true)
        {
            byte next = Peek(at);
            if (next is (byte)'"' or (byte)'\\')
            {
                read.Append(Encoding.UTF8.GetString(_text[start..at]));
                at++;
                if (next == '"')
                    return Whole(read);
                ReadEscape(read, ref at);
                start = at;
                continue;
            }
            if (next < ' ')
                throw new JsonFormatException($"invalid character {Quote(next)} in string literal");
            at++;
        }
    }

    /// <summary>A character as errors show it: <c>'x'</c>, <c>'\''</c>, <c>'\n'</c>, <c>'\x00'</c>.</summary>
    public static string Quote(byte character) => character switch
    {
        (byte)'\'' => @"'\''",
        (byte)'"' => "'\"'",
        (byte)'\\' => @"'\\'",
        (byte)'\n' => @"'\n'",
        (byte)'\r' => @"'\r'",
        (byte)'\t' => @"'\t'",
        (byte)'\a' => @"'\a'",
        (byte)'\b' => @"'\b'",
        (byte)'\f' => @"'\f'",
        (byte)'\v' => @"'\v'",
        < 0x20 or 0x7F => string.Create(CultureInfo.InvariantCulture, $@"'\x{character:x2}'"),
        >= 0x80 and < 0xA0 or 0xAD => string.Create(CultureInfo.InvariantCulture, $@"'\u{(int)character:x4}'"),
        _ => $"'{(char)character}'",
    };

    private void ReadEscape(StringBuilder read, ref int at)
    {
        byte kind = Peek(at++);
        read.Append(kind switch
        {
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            (byte)'/' => '/',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'u' => ReadHex(ref at),
            _ => throw new JsonFormatException($"invalid character {Quote(kind)} in string escape code"),
        });
    }

    private char ReadHex(ref int at)
    {
        int code = 0;
        for (int i = 0; i < 4; i++)
        {
            byte digit = Peek(at++);
            if (!char.IsAsciiHexDigit((char)digit))
                throw new JsonFormatException($@"invalid character {Quote(digit)} in \u hexadecimal character escape");
            code = (code * 16) + Convert.ToInt32(((char)digit).ToString(), 16);
        }
        return (char)code;
    }

    private byte Peek(int at) => at < _text.Length ? _text[at] : throw new JsonFormatException("unexpected EOF");

    // UTF-16 allows lone surrogates in memory; going through UTF-8 replaces them.
    private static string Whole(StringBuilder read)
    {
        string text = read.ToString();
        return text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }
}
