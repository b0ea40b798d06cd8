using System.Globalization;
using Harness.Chaos.Experiments;
using YamlDotNet.RepresentationModel;

namespace Harness.Cli.Gating;

/// <summary>Reads the fields of one mapping of a gate file, and notes everything that is wrong with it.</summary>
internal sealed class GateFields(YamlMappingNode mapping, string path, string file, ICollection<Problem> problems)
{
    private readonly List<string> _asked = [];

    public long Line => mapping.Start.Line;

    /// <summary>The mapping on one line, as it would be written.</summary>
    public string Written => string.Join(", ", mapping.Children.Select(pair => $"{pair.Key} {pair.Value}"));

    public bool Has(string key)
    {
        _asked.Add(key);
        return Find(key) is not null;
    }

    public string? Text(string key, bool required = false)
    {
        _asked.Add(key);
        switch (Find(key))
        {
            case YamlScalarNode { Value.Length: > 0 } value:
                return value.Value;
            case null when required:
                Add(mapping, key, "is missing");
                return null;
            case null:
                return null;
            case var other:
                Add(other, key, "needs a value");
                return null;
        }
    }

    /// <summary>One of some names; the first of them when there is none.</summary>
    public string OneOf(string key, params string[] names)
    {
        if (Text(key) is not { } seen || names.Contains(seen))
            return Text(key) ?? names[0];
        Add(Find(key)!, key, $"'{seen}' is not known; {NearestName.Hint(seen, names)}");
        return names[0];
    }

    /// <summary>A value of a form of its own; <paramref name="fallback"/> when it is missing or wrong.</summary>
    public T Value<T>(string key, T fallback, string form, Func<string, T?> read)
        where T : struct
    {
        if (Text(key) is not { } seen)
            return fallback;
        if (read(seen) is { } value)
            return value;
        Add(Find(key)!, key, $"'{seen}' is not {form}");
        return fallback;
    }

    public double Ratio(string key, double fallback, double above = -1, double below = double.MaxValue) => Value<double>(
        key, fallback, "a ratio such as 0.01, or 1%", text =>
            double.TryParse(text.TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double read)
                && (text.EndsWith('%') ? read / 100 : read) is var ratio && ratio > above && ratio < below ? ratio : null);

    public int Count(string key, int fallback, int least = 1) => Value<int>(
        key, fallback, $"a whole number of {least} or more", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int read) && read >= least ? read : null);

    public TimeSpan Duration(string key, TimeSpan fallback) => Value<TimeSpan>(
        key, fallback, Units.DurationForm, text => Units.TryDuration(text, out TimeSpan read) && read > TimeSpan.Zero ? read : null);

    public GateFields? Mapping(string key)
    {
        _asked.Add(key);
        if (Find(key) is not { } node)
            return null;
        if (node is YamlMappingNode nested)
            return new GateFields(nested, Name(key), file, problems);
        Add(node, key, $"'{node}' needs keys and values, such as {{ key: value }}");
        return null;
    }

    public IReadOnlyList<GateFields> Mappings(string key)
    {
        _asked.Add(key);
        var fields = new List<GateFields>();
        if (Find(key) is not { } node)
            return fields;
        if (node is not YamlSequenceNode list)
        {
            Add(node, key, "needs a list, each entry behind a '- '");
            return fields;
        }

        foreach (YamlNode item in list)
        {
            if (item is YamlMappingNode nested)
                fields.Add(new GateFields(nested, $"{Name(key)}[{fields.Count}]", file, problems));
            else
                Add(item, key, $"'{item}' needs keys and values, such as {{ metric: checks.failed, max: 0 }}");
        }

        return fields;
    }

    /// <summary>Every pair of texts.</summary>
    public Dictionary<string, string> Pairs() => mapping.Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());

    public void Add(string key, string message) => Add(Find(key) ?? mapping, key, message);

    public void RejectUnknownKeys()
    {
        foreach (YamlNode key in mapping.Children.Keys.Where(key => !_asked.Contains(key.ToString())))
            Add(key, key.ToString(), $"unknown key; {NearestName.Hint(key.ToString(), _asked.Distinct().Order(StringComparer.Ordinal))}");
    }

    private void Add(YamlNode node, string key, string message) =>
        problems.Add(new Problem(file, node.Start.Line, node.Start.Column, $"{Name(key)}: {message}"));

    private string Name(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlNode? Find(string key) => mapping.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;
}
