using System.Globalization;

namespace Harness.Checks.Histories;

/// <summary>A value as EDN and JSON both have it: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="string"/>, or one of the types below.</summary>
internal static class Form
{
    /// <summary>One text for equal values, <c>[1 nil "x"]</c>; a keyword is written as its name, as JSON would have it.</summary>
    public static string Text(object? form) => form switch
    {
        null => "nil",
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        FormList list => $"[{string.Join(' ', list.Items.Select(Text))}]",
        FormMap map => $"{{{string.Join(", ", map.Entries.Select(e => $"{Text(e.Key)} {Text(e.Value)}"))}}}",
        _ => form.ToString() ?? "",
    };

    /// <summary>As <see cref="Text"/>, but null for nil.</summary>
    public static string? TextOrNull(object? form) => form is null ? null : Text(form);

    public static IReadOnlyList<object?>? List(object? form) => (form as FormList)?.Items;
}

/// <summary>A vector, list or set; also a JSON array.</summary>
/// <param name="Items">In the order of the file.</param>
internal sealed record FormList(IReadOnlyList<object?> Items);

/// <summary>A keyword or symbol. Its name has no colon.</summary>
internal sealed record FormWord(string Name)
{
    public override string ToString() => Name;
}

/// <summary>A map; also a JSON object.</summary>
/// <param name="Entries">In the order of the file.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
internal sealed record FormMap(IReadOnlyList<KeyValuePair<object?, object?>> Entries, int Line)
{
    /// <summary>Null when there is no such entry, or it is nil.</summary>
    public object? this[string name] => Entries.FirstOrDefault(entry => Form.Text(entry.Key) == name).Value;

    public bool Has(string name) => Entries.Any(entry => Form.Text(entry.Key) == name);
}
