using System.Globalization;

namespace Harness.Toxiproxy.Json;

/// <summary>Reads the fields of an object by Go's rules: names match whatever their case, the last of several wins, <c>null</c> keeps what
/// is, unknown ones are ignored. The first value of a wrong type is remembered as the error; those that fit are still read.</summary>
/// <param name="structName">What errors call the object.</param>
/// <param name="prefix">Goes before a field's name in errors: <c>attributes.</c></param>
internal sealed class FieldReader(string structName, string prefix = "")
{
    /// <summary>The first thing that did not fit, in the words of Go's decoder; null when all did.</summary>
    public string? Error { get; private set; }

    /// <summary>The fields of an object; of anything else none, and unless it is null an error.</summary>
    /// <param name="value">The value.</param>
    /// <param name="goType">What errors call the type wanted.</param>
    public IReadOnlyList<KeyValuePair<string, JsonValue>> Object(JsonValue value, string goType)
    {
        if (value.Kind is not (JsonKind.Object or JsonKind.Null))
            Fail($"json: cannot unmarshal {value.KindName} into Go value of type {goType}");
        return value.Fields;
    }

    public string? Text(IReadOnlyList<KeyValuePair<string, JsonValue>> fields, string name, string? current) =>
        Read(fields, name, current, JsonKind.String, "string", v => v.Text);

    public bool? Bool(IReadOnlyList<KeyValuePair<string, JsonValue>> fields, string name, bool? current) =>
        Read(fields, name, current, JsonKind.Bool, "bool", v => (bool?)(v.Text == "true"));

    /// <summary>A 64-bit integer: <c>5.0</c> and <c>5e0</c> are none.</summary>
    public long? Integer(IReadOnlyList<KeyValuePair<string, JsonValue>> fields, string name, long? current) =>
        Read(fields, name, current, JsonKind.Number, "int64", v =>
            long.TryParse(v.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? (long?)number : null);

    public float? Float(IReadOnlyList<KeyValuePair<string, JsonValue>> fields, string name, float? current) =>
        Read(fields, name, current, JsonKind.Number, "float32", v =>
            float.TryParse(v.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) ? (float?)number : null);

    public double? Number(IReadOnlyList<KeyValuePair<string, JsonValue>> fields, string name, double? current) =>
        Read(fields, name, current, JsonKind.Number, "float64", v =>
            double.TryParse(v.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? (double?)number : null);

    /// <summary>A nested object; null when there is none.</summary>
    public JsonValue? Nested(IReadOnlyList<KeyValuePair<string, JsonValue>> fields, string name, string goType) =>
        Read(fields, name, null, JsonKind.Object, goType, v => v);

    private T? Read<T>(
        IReadOnlyList<KeyValuePair<string, JsonValue>> fields, string name, T? current, JsonKind kind, string goType, Func<JsonValue, T?> convert)
    {
        foreach ((string key, JsonValue value) in fields)
        {
            if (!key.Equals(name, StringComparison.OrdinalIgnoreCase) || value.Kind == JsonKind.Null)
                continue;
            if (value.Kind == kind && convert(value) is { } converted)
                current = converted;
            else
                Misfit(value, kind, name, goType);
        }
        return current;
    }

    private void Misfit(JsonValue value, JsonKind wanted, string name, string goType)
    {
        string found = value.Kind == JsonKind.Number && wanted == JsonKind.Number ? $"number {value.Text}" : value.KindName;
        Fail($"json: cannot unmarshal {found} into Go struct field {structName}.{prefix}{name} of type {goType}");
    }

    private void Fail(string error) => Error ??= error;
}
