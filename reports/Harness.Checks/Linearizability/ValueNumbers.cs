namespace Harness.Checks.Linearizability;

/// <summary>Gives each value a number, so that states are compared and hashed as numbers.</summary>
internal sealed class ValueNumbers
{
    /// <summary>The number of nil: no value at all.</summary>
    public const long Nil = 0;

    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(long, long), long> _concatenated = [];
    private readonly List<string?> _values = [null];

    /// <summary>The characters of all values together, a measure of the memory they take.</summary>
    public long Characters { get; private set; }

    public long NumberOf(string? value)
    {
        if (value is null)
            return Nil;

        if (_numbers.TryGetValue(value, out long number))
            return number;

        number = _values.Count;
        _numbers.Add(value, number);
        _values.Add(value);
        Characters += value.Length;
        return number;
    }

    public string? ValueOf(long number) => _values[(int)number];

    /// <summary>The number of the one value followed by the other.</summary>
    public long Concatenated(long first, long second)
    {
        if (_concatenated.TryGetValue((first, second), out long number))
            return number;

        number = NumberOf(ValueOf(first) + ValueOf(second));
        _concatenated.Add((first, second), number);
        return number;
    }
}
