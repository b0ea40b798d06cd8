using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Harness.Records;

namespace Harness.Cli.Schemas;

/// <summary>The JSON Schema (draft 2020-12) of an output, made from the type that is written and the comments on it, so that it cannot say anything else.</summary>
internal sealed class OutputSchema
{
    private static readonly HashSet<Type> WholeNumbers = [typeof(int), typeof(long)];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly SortedDictionary<string, JsonNode?> _parts = new(StringComparer.Ordinal);

    private OutputSchema()
    {
    }

    public static string Render(JsonOutput output) => new OutputSchema().Of(output).ToJsonString(Readable) + "\n";

    private JsonObject Of(JsonOutput output)
    {
        var exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        JsonObject shape = RecordJson.Document.GetJsonSchemaAsNode(output.Shape, exporter).AsObject();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:harness:{output.Name}:{output.Version}",
            ["title"] = $"harness {output.Name}, format version {output.Version}",
            ["$comment"] = $"Printed by: {output.PrintedBy}.",
        };
        foreach ((string name, JsonNode? value) in shape.ToList())
        {
            shape.Remove(name);
            schema[name] = value;
        }

        if (_parts.Count > 0)
            schema["$defs"] = new JsonObject(_parts);
        return schema;
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        bool isNullable = type != context.TypeInfo.Type || context.PropertyInfo?.IsGetNullable == true;
        bool isWhole = context.Path.Length == 0;
        JsonObject shape = type == typeof(TimeSpan) || WholeNumbers.Contains(type) ? OfType("integer", isNullable)
            : type == typeof(double) ? Number(isNullable)
            : schema as JsonObject ?? [];
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
            shape = Object(shape, context.TypeInfo, isWhole, isNullable);
        if (Describe(context, type, isWhole) is { } description)
        {
            shape.Remove("description");
            shape.Insert(0, "description", description);
        }

        return shape;
    }

    /// <summary>Null is not written, so whatever may be null may be missing, and all else is there. Every type but the whole stands once, by its name.</summary>
    private JsonObject Object(JsonObject shape, JsonTypeInfo type, bool isWhole, bool isNullable)
    {
        string[] always = [.. type.Properties.Where(one => one.Get is not null && !one.IsGetNullable && Nullable.GetUnderlyingType(one.PropertyType) is null).Select(one => one.Name)];
        shape.Remove("required");
        shape["type"] = "object";
        if (always.Length > 0)
            shape["required"] = new JsonArray([.. always.Select(name => (JsonNode)name)]);
        if (isWhole)
            return shape;
        string name = JsonNamingPolicy.CamelCase.ConvertName(type.Type.Name);
        if (!_parts.ContainsKey(name))
        {
            shape.Remove("description");
            if (XmlComments.Of(type.Type) is { } description)
                shape.Insert(0, "description", description);
            _parts[name] = shape;
        }

        var reference = new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        return isNullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, OfType("null", isNullable: false)) } : reference;
    }

    private static string? Describe(JsonSchemaExporterContext context, Type type, bool isWhole)
    {
        // Where a name says it all, its type says what it is.
        string? text = context.PropertyInfo is { } property ? XmlComments.Of(property) ?? XmlComments.Of(type) : isWhole ? XmlComments.Of(type) : null;
        return type == typeof(TimeSpan) && context.PropertyInfo is not null ? $"{text} In microseconds.".TrimStart() : text;
    }

    private static JsonObject OfType(string type, bool isNullable) => new() { ["type"] = isNullable ? new JsonArray(type, "null") : type };

    // What is no number is written as a word: a ratio of nothing to nothing, a bound that is not there.
    private static JsonObject Number(bool isNullable) => new()
    {
        ["anyOf"] = new JsonArray(OfType("number", isNullable), new JsonObject { ["enum"] = new JsonArray("NaN", "Infinity", "-Infinity") }),
    };
}
