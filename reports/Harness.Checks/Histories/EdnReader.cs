using System.Globalization;
using System.Text;

namespace Harness.Checks.Histories;

/// <summary>Reads EDN (github.com/edn-format/edn): everything that Clojure prints in histories. Tags are read over, comments and
/// discarded forms skipped.</summary>
internal sealed class EdnReader(string text)
{
    private const int MaxDepth = 200;
    private int _at;
    private int _line = 1;
    private int _depth;

    /// <summary>Every form at the top.</summary>
    /// <exception cref="HistoryFormatException">It is no EDN.</exception>
    public static IReadOnlyList<object?> ReadAll(string text)
    {
        var reader = new EdnReader(text);
        var forms = new List<object?>();
        while (reader.SkipToForm())
            forms.Add(reader.ReadForm());
        return forms;
    }

    private object? ReadForm()
    {
        if (!SkipToForm())
            throw Wrong("the file ends in the middle of a form");
        if (++_depth > MaxDepth)
            throw Wrong("forms are nested too deeply");

        char c = text[_at];
        object? form = c switch
        {
            '{' => ReadMap(),
            '[' => ReadSequence(']'),
            '(' => ReadSequence(')'),
            '"' => ReadString(),
            '#' => ReadDispatch(),
            '\\' => ReadCharacter(),
            '}' or ']' or ')' => throw Wrong($"'{c}' closes nothing"),
            _ => ReadAtom(),
        };
        _depth--;
        return form;
    }

    /// <summary>Goes past white space, commas, comments and discarded forms.</summary>
    /// <returns>False at the end.</returns>
    private bool SkipToForm()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]) || text[_at] == ',')
            {
                Step();
            }
            else if (text[_at] == ';')
            {
                while (_at < text.Length && text[_at] != '\n')
                    _at++;
            }
            else if (text.AsSpan(_at).StartsWith("#_"))
            {
                _at += 2;
                ReadForm();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void Step()
    {
        if (text[_at++] == '\n')
            _line++;
    }

    private FormMap ReadMap()
    {
        int line = _line;
        FormList items = ReadSequence('}');
        if (items.Items.Count % 2 != 0)
            throw new HistoryFormatException(line, "a map has a key without a value");

        return new FormMap([.. items.Items.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))], line);
    }

    private FormList ReadSequence(char end)
    {
        int line = _line;
        _at++;
        var items = new List<object?>();
        while (SkipToForm() && text[_at] != end)
            items.Add(ReadForm());

        if (_at == text.Length)
            throw new HistoryFormatException(line, $"what begins here is never closed by '{end}'");

        _at++;
        return new FormList(items);
    }

    // A set, or a tag such as #jepsen.history.Op, whose value is all that matters.
    private object? ReadDispatch()
    {
        _at++;
        if (_at < text.Length && text[_at] == '{')
            return ReadSequence('}');

        ReadToken();
        return ReadForm();
    }

    private string ReadString()
    {
        int line = _line;
        var read = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; Step())
            read.Append(text[_at] == '\\' ? ReadEscape() : text[_at]);

        if (_at == text.Length)
            throw new HistoryFormatException(line, "a string is never closed");

        _at++;
        return read.ToString();
    }

    private char ReadEscape()
    {
        _at++;
        return _at == text.Length ? throw Wrong("a string is never closed") : text[_at] switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\b',
            'f' => '\f',
            'u' => ReadCodePoint(),
            var other => other,
        };
    }

    private char ReadCodePoint()
    {
        if (_at + 4 >= text.Length || !ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            throw Wrong("\\u is not followed by four hexadecimal digits");

        _at += 4;
        return (char)code;
    }

    private string ReadCharacter()
    {
        _at++;
        return ReadToken();
    }

    private object? ReadAtom()
    {
        string token = ReadToken();
        return token switch
        {
            "nil" => null,
            "true" => true,
            "false" => false,
            [':', _, ..] => new FormWord(token[1..]),
            _ when long.TryParse(token.TrimEnd('N'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
            _ when double.TryParse(token.TrimEnd('M'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            _ => new FormWord(token),
        };
    }

    private string ReadToken()
    {
        int from = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !"[](){}\",;".Contains(text[_at], StringComparison.Ordinal))
            _at++;
        return _at > from ? text[from.._at] : throw Wrong("a name or number was expected");
    }

    private HistoryFormatException Wrong(string problem) => new(_line, problem);
}
