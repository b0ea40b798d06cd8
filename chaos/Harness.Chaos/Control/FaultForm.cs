using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Mesh;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults;
using YamlDotNet.RepresentationModel;

namespace Harness.Chaos.Control;

/// <summary>Reads one fault from JSON, by the same readers as a file of experiments: <c>{"fault":"latency","edges":["orders -> payments"],"delay":"200ms","for":"30s"}</c>.</summary>
public static class FaultForm
{
    private const string Kind = "fault", Lasts = "for";

    /// <summary>How long a fault stays when nothing else is asked for.</summary>
    public static readonly TimeSpan ForDefault = TimeSpan.FromSeconds(30);

    /// <summary>How long a fault may stay at most: nobody remembers longer what they have broken.</summary>
    public static readonly TimeSpan ForMax = TimeSpan.FromHours(1);

    /// <summary>The fault, or everything that is wrong with it.</summary>
    /// <param name="body">What was asked for.</param>
    /// <param name="environment">Has the links and parts that can be named.</param>
    /// <param name="switches">Those of the order system there.</param>
    public static (Fault? Fault, IReadOnlyList<string> Problems) Read(JsonObject body, IEnvironmentKind environment, IReadOnlyDictionary<string, string> switches)
    {
        var problems = new List<string>();
        string[] known = [.. FaultKinds.All.Select(kind => kind.Name)];
        string name = body[Kind] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
        if (FaultKinds.Find(name) is not { } found)
        {
            problems.Add(body[Kind] is null
                ? $"{Kind}: is missing; it takes one of {string.Join(", ", known)}"
                : $"{Kind}: '{(name.Length > 0 ? name : body[Kind]!.ToJsonString())}' is not a fault; {NearestName.Hint(name, known)}");
            return (null, problems);
        }

        YamlMappingNode mapping = Mapping(body, problems);
        var reading = new ProblemList(name);
        var fields = new MappingReader(mapping, "", reading);
        Fault fault = found.Read(new FaultFields(fields, environment)) with { For = ReadLength(fields) };
        fields.RejectUnknownKeys();
        problems.AddRange(reading.InOrder.Select(problem => problem.Message));
        if (problems.Count == 0)
            problems.AddRange(MeshLimits.Problems(switches, [fault with { Name = name }]));
        return (problems.Count == 0 ? fault : null, problems);
    }

    /// <summary>What a kind of fault takes, as JSON Schema (draft 2020-12).</summary>
    public static JsonObject Describe(IFaultKind kind, IEnvironmentKind environment)
    {
        var schema = new SchemaNode();
        var fields = new MappingReader(schema);
        kind.Read(new FaultFields(fields, environment));
        ReadLength(fields);
        JsonObject described = schema.Render();
        described["$defs"] = SchemaNode.Definitions;
        return described;
    }

    private static TimeSpan ReadLength(MappingReader fields)
    {
        TimeSpan lasts = fields.Optional<TimeSpan>(Lasts, Units.TryDuration, Units.DurationForm) ?? ForDefault;
        if (lasts <= TimeSpan.Zero || lasts > ForMax)
            fields.Report(Lasts, $"{Units.Text(lasts)} is not above zero and at most {Units.Text(ForMax)}");
        return lasts;
    }

    private static YamlMappingNode Mapping(JsonObject body, List<string> problems)
    {
        var mapping = new YamlMappingNode();
        foreach ((string key, JsonNode? value) in body.Where(field => field.Key != Kind))
        {
            YamlNode? read = value switch
            {
                JsonValue single => Scalar(single),
                JsonArray list when list.All(item => item is JsonValue) => new YamlSequenceNode(list.Select(item => (YamlNode)Scalar((JsonValue)item!))),
                _ => null,
            };
            if (read is null)
                problems.Add($"{key}: takes a value or a list of values, not {value?.ToJsonString() ?? "null"}");
            else
                mapping.Add(key, read);
        }

        return mapping;
    }

    private static YamlScalarNode Scalar(JsonValue value) => new(value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => Convert.ToString(value.ToJsonString(), CultureInfo.InvariantCulture),
    });
}
