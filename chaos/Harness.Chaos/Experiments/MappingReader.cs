using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Experiments;

/// <summary>Tries to read a value from its text.</summary>
public delegate bool TryParse<T>(string text, out T value);

/// <summary>
/// Reads one YAML mapping key by key. Whatever is wrong becomes a <see cref="Problem"/> with its line, and reading goes on, so that the user
/// sees everything at once; a value that could not be read is the default of its type.
/// </summary>
public sealed class MappingReader
{
    private readonly YamlMappingNode _mapping;
    private readonly string _path;
    private readonly ProblemList _problems;
    private readonly Variables _variables;
    private readonly SchemaNode? _schema;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    internal MappingReader(YamlMappingNode mapping, string path, ProblemList problems, Variables? variables = null)
    {
        _mapping = mapping;
        _path = path;
        _problems = problems;
        _variables = variables ?? Variables.None;
    }

    /// <summary>Reads nothing, and notes in <paramref name="schema"/> what is asked for.</summary>
    internal MappingReader(SchemaNode schema)
        : this([], "", new ProblemList(""))
    {
        _schema = schema;
    }

    /// <summary>Every key, in order, of a mapping whose keys are the author's own; asking for them all leaves none unknown.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            _schema?.IsOpen = true;
            return Written;
        }
    }

    private IEnumerable<string> Written => _mapping.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Adds a problem at the value of <paramref name="key"/>, or at the mapping when it is not there.</summary>
    public void Report(string key, string message) => _problems.Add(Find(key) ?? _mapping, $"{Name(key)}: {message}");

    /// <summary>The text of a scalar; null when the key is missing.</summary>
    public string? Text(string key)
    {
        _schema?.AddValue(key);
        switch (Take(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value.Length: > 0 } value:
                return _variables.Expand(value, _problems);
            default:
                Report(key, "needs a single value");
                return null;
        }
    }

    /// <summary>The text of a scalar that must be there; empty when it is not.</summary>
    public string RequiredText(string key)
    {
        _schema?.Require(key);
        if (Find(key) is null)
            Report(key, "is missing");
        return Text(key) ?? "";
    }

    /// <summary>A value, or null when the key is missing or cannot be read.</summary>
    public T? Optional<T>(string key, TryParse<T> parse, string form)
        where T : struct
    {
        _schema?.AddValue(key, form);
        if (Text(key) is not { } text)
            return null;
        if (parse(text, out T value))
            return value;
        Report(key, $"'{text}' is not {form}");
        return null;
    }

    /// <summary>A value that must be there; the default of its type when it is not or cannot be read.</summary>
    public T Required<T>(string key, TryParse<T> parse, string form)
        where T : struct
    {
        _schema?.Require(key);
        if (Find(key) is null)
            Report(key, $"is missing; it takes {form}");
        return Optional(key, parse, form) ?? default;
    }

    /// <summary>One of a fixed set of names; the first of them when the key is missing.</summary>
    public string Choice(string key, params IReadOnlyList<string> names)
    {
        _schema?.AddChoice(key, names);
        if (Text(key) is not { } text)
            return names[0];
        if (names.Contains(text))
            return text;
        Report(key, $"'{text}' is not known; {NearestName.Hint(text, names)}");
        return names[0];
    }

    /// <summary>A list of texts; a single value counts as a list of one; empty when the key is missing.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        _schema?.AddList(key);
        switch (Take(key))
        {
            case null:
                return [];
            case YamlScalarNode { Value.Length: > 0 } value:
                return [_variables.Expand(value, _problems)!];
            case YamlSequenceNode list when list.All(item => item is YamlScalarNode { Value.Length: > 0 }):
                return [.. list.Cast<YamlScalarNode>().Select(item => _variables.Expand(item, _problems)!)];
            default:
                Report(key, "needs a list of values");
                return [];
        }
    }

    /// <summary>A nested mapping; null when the key is missing or holds something else.</summary>
    public MappingReader? Mapping(string key) => Take(key) switch
    {
        null when _schema is not null => new MappingReader(_schema.AddMapping(key)),
        null => null,
        YamlMappingNode mapping => new MappingReader(mapping, Name(key), _problems, _variables),
        var other => Reject<MappingReader>(other, $"{Name(key)}: needs keys and values, such as {{ key: value }}"),
    };

    /// <summary>A nested mapping; null when the key is missing or holds a text, which is then there to be read.</summary>
    public MappingReader? Entry(string key) => Find(key) is YamlScalarNode ? null : Mapping(key);

    /// <summary>A list of mappings; empty when the key is missing.</summary>
    public IReadOnlyList<MappingReader> Mappings(string key)
    {
        if (_schema is not null)
            return [new MappingReader(_schema.AddMappings(key))];
        if (Take(key) is not { } node)
            return [];
        if (node is not YamlSequenceNode list)
            return Reject<IReadOnlyList<MappingReader>>(node, $"{Name(key)}: needs a list, each entry behind a '- '") ?? [];
        var readers = new List<MappingReader>();
        foreach (YamlNode item in list)
        {
            if (item is YamlMappingNode mapping)
                readers.Add(new MappingReader(mapping, $"{Name(key)}[{readers.Count}]", _problems, _variables));
            else
                _problems.Add(item, $"{Name(key)}: '{item}' needs keys and values, such as {{ key: value }}");
        }

        return readers;
    }

    /// <summary>A list whose entries are texts or mappings; null when the key is missing.</summary>
    public IReadOnlyList<(string? Text, MappingReader? Fields)>? Entries(string key)
    {
        if (Take(key) is not { } node)
            return null;
        if (node is not YamlSequenceNode list)
            return Reject<IReadOnlyList<(string?, MappingReader?)>>(node, $"{Name(key)}: needs a list, each entry behind a '- '");
        var entries = new List<(string?, MappingReader?)>();
        foreach (YamlNode item in list)
        {
            if (item is YamlScalarNode { Value.Length: > 0 } value)
                entries.Add((_variables.Expand(value, _problems), null));
            else if (item is YamlMappingNode mapping)
                entries.Add((null, new MappingReader(mapping, $"{Name(key)}[{entries.Count}]", _problems, _variables)));
            else
                _problems.Add(item, $"{Name(key)}: '{item}' needs a value, or keys and values");
        }

        return entries;
    }

    /// <summary>An entry of the form <c>- kind: …</c>: its one key, when it is one of <paramref name="names"/>; otherwise a problem.</summary>
    /// <param name="what">What one of them is called, <c>a fault</c>.</param>
    /// <param name="names">Those there are.</param>
    /// <returns>The kind, or none. When nothing is read but asked for, all of them in turn.</returns>
    public IReadOnlyList<string> Kind(string what, IReadOnlyList<string> names)
    {
        if (_schema is not null)
        {
            _schema.IsOneOf = true;
            return names;
        }

        if (_mapping.Children.Count != 1)
        {
            _problems.Add(_mapping, $"{_path}: needs exactly one key, its kind, and has {_mapping.Children.Count}: {string.Join(", ", Written)}");
            return [];
        }

        string kind = Written.FirstOrDefault() ?? "";
        if (names.Contains(kind))
            return [kind];
        Report(kind, $"'{kind}' is not {what}; {NearestName.Hint(kind, names)}");
        return [];
    }

    /// <summary>Reports every key that nobody asked for, with the nearest that somebody did.</summary>
    public void RejectUnknownKeys()
    {
        foreach (YamlNode key in _mapping.Children.Keys)
        {
            string name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!_asked.Contains(name))
                _problems.Add(key, $"{Name(name)}: unknown key; {NearestName.Hint(name, _asked.Order(StringComparer.Ordinal))}");
        }
    }

    private T? Reject<T>(YamlNode node, string message)
        where T : class
    {
        _problems.Add(node, message);
        return null;
    }

    private string Name(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private YamlNode? Take(string key)
    {
        _asked.Add(key);
        return Find(key);
    }

    private YamlNode? Find(string key) => _mapping.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;
}
