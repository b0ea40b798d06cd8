namespace Harness.Toxiproxy.Toxics;

/// <summary>The attributes of a toxic, exactly as they came over the wire. Immutable: a change makes another.</summary>
internal sealed class AttributeValues
{
    // 31 years: long enough for "for ever", short enough that sums of it never overflow.
    private const long WaitMillisecondsMax = 1_000_000_000_000;

    private readonly IReadOnlyList<AttributeSpec> _specs;
    private readonly object[] _values;

    private AttributeValues(IReadOnlyList<AttributeSpec> specs, object[] values) => (_specs, _values) = (specs, values);

    /// <summary>Zero and the empty text everywhere.</summary>
    public static AttributeValues Defaults(IReadOnlyList<AttributeSpec> specs) => new(specs, [.. specs.Select(s => Default(s.Kind))]);

    public IEnumerable<(AttributeSpec Spec, object Value)> All => _specs.Zip(_values);

    public AttributeValues With(AttributeSpec spec, object value)
    {
        object[] values = [.. _values];
        values[IndexOf(spec.Name)] = value;
        return new AttributeValues(_specs, values);
    }

    public long Integer(string name) => (long)_values[IndexOf(name)];

    public double Number(string name) => (double)_values[IndexOf(name)];

    public string Text(string name) => (string)_values[IndexOf(name)];

    /// <summary>A wait in milliseconds; what is too long to be one is cut to 31 years, so that no sum overflows.</summary>
    public TimeSpan Milliseconds(string name) =>
        TimeSpan.FromMilliseconds(Math.Clamp(Integer(name), -WaitMillisecondsMax, WaitMillisecondsMax), 0);

    /// <summary>A wait in microseconds, cut likewise.</summary>
    public TimeSpan Microseconds(string name) =>
        TimeSpan.FromMicroseconds(Math.Clamp(Integer(name), -WaitMillisecondsMax * 1000, WaitMillisecondsMax * 1000));

    private int IndexOf(string name)
    {
        for (int i = 0; i < _specs.Count; i++)
        {
            if (_specs[i].Name == name)
                return i;
        }
        throw new ArgumentException($"There is no attribute {name}.", nameof(name));
    }

    private static object Default(AttributeKind kind) => kind switch
    {
        AttributeKind.Integer => 0L,
        AttributeKind.Number => 0.0,
        _ => "",
    };
}
