using System.Text.Json.Nodes;

namespace Harness.Chaos.Experiments;

/// <summary>What a reader asked of a mapping, as JSON Schema (draft 2020-12) says it: the code that reads is the schema.</summary>
internal sealed class SchemaNode
{
    private const string ValueName = "value";
    private readonly JsonObject _properties = [];
    private readonly Dictionary<string, (SchemaNode Node, bool IsList)> _children = [];
    private readonly List<string> _required = [];

    /// <summary>What the nodes refer to.</summary>
    public static JsonObject Definitions => new() { [ValueName] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") } };

    /// <summary>Whether keys are the author's own.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether exactly one of the keys stands there.</summary>
    public bool IsOneOf { get; set; }

    public void Require(string key)
    {
        if (!_required.Contains(key))
            _required.Add(key);
    }

    /// <summary>A single value; what it may be is said in words.</summary>
    public void AddValue(string key, string? form = null)
    {
        JsonObject value = Value();
        if (form is not null)
            value["description"] = form;
        Add(key, value);
    }

    /// <summary>One of a few words, or a variable in their place.</summary>
    public void AddChoice(string key, IReadOnlyList<string> names) => Add(key, new JsonObject
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) },
            new JsonObject { ["type"] = "string", ["pattern"] = @"\$\{" }),
        ["default"] = names.Count > 0 ? names[0] : null,
    });

    /// <summary>A list of values, or a single one.</summary>
    public void AddList(string key) => Add(key, new JsonObject
    {
        ["anyOf"] = new JsonArray(Value(), new JsonObject { ["type"] = "array", ["items"] = Value() }),
    });

    /// <summary>A nested mapping; whoever reads it fills its node.</summary>
    public SchemaNode AddMapping(string key) => AddChild(key, isList: false);

    /// <summary>A list of mappings.</summary>
    public SchemaNode AddMappings(string key) => AddChild(key, isList: true);

    public JsonObject Render()
    {
        var properties = (JsonObject)_properties.DeepClone();
        foreach ((string key, (SchemaNode node, bool isList)) in _children)
            properties[key] = isList ? new JsonObject { ["type"] = "array", ["items"] = node.Render() } : node.Render();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (!IsOpen)
            schema["additionalProperties"] = false;
        else
            schema["additionalProperties"] = new JsonObject { ["anyOf"] = new JsonArray(Value(), new JsonObject { ["type"] = "array", ["items"] = Value() }) };
        if (IsOneOf)
            (schema["minProperties"], schema["maxProperties"]) = (1, 1);
        else if (_required.Count > 0)
            schema["required"] = new JsonArray([.. _required.Select(key => (JsonNode)key)]);
        return schema;
    }

    // Asked again, the same node is filled further.
    private SchemaNode AddChild(string key, bool isList)
    {
        _children.TryAdd(key, (new SchemaNode(), isList));
        return _children[key].Node;
    }

    // The first that asks says what it is; a reader may ask again.
    private void Add(string key, JsonObject schema) => _properties.TryAdd(key, schema);

    private static JsonObject Value() => new() { ["$ref"] = $"#/$defs/{ValueName}" };
}
