using System.Text.Json.Nodes;
using Harness.Chaos.Experiments;
using Harness.Cli.Running;
using YamlDotNet.RepresentationModel;

namespace Harness.Cli.Tests.Experiments;

public sealed class ExperimentSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(ExperimentSchema.Render(Preflight.Vocabulary))!.AsObject();

    [Fact]
    public void The_schema_that_ships_is_the_one_that_the_code_makes() =>
        Assert.True(
            File.ReadAllText(Path.Combine(Installation.Experiments, "experiment.schema.json")).ReplaceLineEndings("\n") == ExperimentSchema.Render(Preflight.Vocabulary),
            "It is out of date: ./harness list --schema > chaos/experiments/experiment.schema.json");

    [Fact]
    public void Every_experiment_that_ships_keeps_to_it() =>
        Assert.All(ExperimentFiles.Shipped.Concat(ExperimentFiles.Hunted), name => Assert.Empty(Problems(File.ReadAllText(ExperimentFiles.PathOf(name)))));

    [Theory]
    [InlineData("nam: x", "nam")]
    [InlineData("load: [{ scenario: checkout, arrivals: { rate: 1/s, shape: square } }]", "load[0].arrivals.shape")]
    [InlineData("load: [{ arrivals: { rate: 1/s } }]", "load[0]: scenario")]
    [InlineData("faults: [{ latency: { edges: a -> b, dely: 1s } }]", "faults[0].latency: delay")]
    [InlineData("faults: [{ latncy: {} }]", "faults[0].latncy")]
    [InlineData("faults: [{ partition: {}, reset: {} }]", "faults[0]: 2 keys")]
    [InlineData("timeline: soon", "timeline")]
    public void A_slip_of_the_pen_does_not(string yaml, string where) => Assert.Contains(Problems(yaml), problem => problem.StartsWith(where, StringComparison.Ordinal));

    [Fact]
    public void Variables_fit_wherever_a_value_does() =>
        Assert.Empty(Problems("variables: { shape: poisson }\nload: [{ scenario: checkout, arrivals: { rate: \"${rate}\", shape: \"${shape}\" } }]\nmatrix: { shape: [poisson, constant] }"));

    private static List<string> Problems(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. Check(stream.Documents[0].RootNode, Schema, "")];
    }

    /// <summary>As much of JSON Schema as ours uses.</summary>
    private static IEnumerable<string> Check(YamlNode node, JsonObject schema, string path)
    {
        if (schema["$ref"] is not null)
            return node is YamlScalarNode ? [] : [path];
        if (schema["anyOf"] is JsonArray choices)
            return choices.Any(choice => !Check(node, choice!.AsObject(), path).Any()) ? [] : [path];
        if (schema["enum"] is JsonArray words)
            return node is YamlScalarNode scalar && words.Any(word => (string?)word == scalar.Value) ? [] : [path];
        if (schema["pattern"] is not null)
            return node is YamlScalarNode { Value: { } text } && text.Contains("${", StringComparison.Ordinal) ? [] : [path];
        return (string?)schema["type"] switch
        {
            "array" => node is YamlSequenceNode list ? list.SelectMany((item, i) => Check(item, schema["items"]!.AsObject(), $"{path}[{i}]")) : [path],
            "object" => node is YamlMappingNode mapping ? CheckKeys(mapping, schema, path) : [path],
            var other => throw new InvalidOperationException($"The schema has a type that this test does not know: {other} at {path}."),
        };
    }

    private static IEnumerable<string> CheckKeys(YamlMappingNode mapping, JsonObject schema, string path)
    {
        foreach (JsonNode? required in schema["required"]?.AsArray() ?? [])
        {
            if (!mapping.Children.ContainsKey(new YamlScalarNode((string)required!)))
                yield return $"{path}: {required}";
        }

        if (schema["maxProperties"] is { } most && mapping.Children.Count > (int)most)
            yield return $"{path}: {mapping.Children.Count} keys";
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            string name = ((YamlScalarNode)key).Value!;
            string inside = path.Length == 0 ? name : $"{path}.{name}";
            JsonNode? expected = schema["properties"]![name] ?? schema["additionalProperties"];
            if (expected is JsonObject known)
            {
                foreach (string problem in Check(value, known, inside))
                    yield return problem;
            }
            else
            {
                yield return inside;
            }
        }
    }
}
