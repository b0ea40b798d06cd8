using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Target.Chaos.Calls;

/// <summary>Makes every whole number in a JSON text one too high.</summary>
internal static class AlteredNumbers
{
    /// <returns>The altered text; null for what is no JSON or has no whole number.</returns>
    public static byte[]? In(ReadOnlyMemory<byte> text)
    {
        try
        {
            var root = JsonNode.Parse(text.Span);
            return root is not null && Alter(root) > 0 ? JsonSerializer.SerializeToUtf8Bytes(root, TargetJson.Default.JsonNode) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Alter(JsonNode node) => node switch
    {
        JsonObject fields => fields.Select(field => field.Value).OfType<JsonNode>().ToList().Sum(AlterOne),
        JsonArray items => items.OfType<JsonNode>().ToList().Sum(AlterOne),
        _ => 0,
    };

    private static int AlterOne(JsonNode node)
    {
        if (node is not JsonValue value)
            return Alter(node);
        if (value.GetValueKind() != JsonValueKind.Number || !value.TryGetValue(out long number) || number == long.MaxValue)
            return 0;
        node.ReplaceWith(number + 1);
        return 1;
    }
}
