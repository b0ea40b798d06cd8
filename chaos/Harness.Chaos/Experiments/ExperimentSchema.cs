using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Experiments;

/// <summary>The JSON Schema of experiment files, for editors: made by letting the reader say what it asks for.</summary>
public static class ExperimentSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, draft 2020-12, with a line feed at its end.</summary>
    public static string Render(Vocabulary vocabulary)
    {
        var root = new SchemaNode();
        new ExperimentReader(vocabulary, EnvironmentKinds.All[0]).Describe(root);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "An experiment of Harness",
        };
        foreach ((string key, JsonNode? value) in root.Render())
            schema[key] = value?.DeepClone();
        // What a file leaves out may stand in the one that it extends.
        schema.Remove("required");
        schema["$defs"] = SchemaNode.Definitions;
        return schema.ToJsonString(Readable) + "\n";
    }
}
