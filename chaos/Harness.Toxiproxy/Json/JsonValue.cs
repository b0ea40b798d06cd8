namespace Harness.Toxiproxy.Json;

/// <summary>What a JSON value is, in the words that Go's decoder uses for it in errors.</summary>
internal enum JsonKind
{
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

/// <summary>A parsed JSON value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A string's content, a number's digits, <c>true</c> or <c>false</c>; else empty.</param>
/// <param name="Items">An array's values.</param>
/// <param name="Fields">An object's fields, in order, duplicates and all.</param>
internal sealed record JsonValue(
    JsonKind Kind, string Text, IReadOnlyList<JsonValue> Items, IReadOnlyList<KeyValuePair<string, JsonValue>> Fields)
{
    public static JsonValue Null { get; } = Scalar(JsonKind.Null, "");

    public static JsonValue Scalar(JsonKind kind, string text) => new(kind, text, [], []);

    public static JsonValue Array(IReadOnlyList<JsonValue> items) => new(JsonKind.Array, "", items, []);

    public static JsonValue Object(IReadOnlyList<KeyValuePair<string, JsonValue>> fields) => new(JsonKind.Object, "", [], fields);

    /// <summary>The kind as errors name it.</summary>
    public string KindName => Kind.ToString().ToLowerInvariant();
}
