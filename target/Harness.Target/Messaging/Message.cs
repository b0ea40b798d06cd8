using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Target.Messaging;

/// <summary>An event of an order's saga. It carries the whole order, so that no receiver needs to have heard an earlier one.</summary>
/// <param name="Type">One of <see cref="MessageTypes"/>.</param>
/// <param name="OrderId">The saga it belongs to.</param>
/// <param name="Customer">Whose account pays.</param>
/// <param name="Sku">What is ordered.</param>
/// <param name="Quantity">How many.</param>
/// <param name="AmountCents">The whole amount.</param>
public sealed record Message(string Type, string OrderId, string Customer, string Sku, long Quantity, long AmountCents)
{
    /// <summary>What brought it about, as W3C Trace Context writes it in a header; null when nothing is known. No part of what it says.</summary>
    [JsonPropertyName("traceparent")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>An event happens once in a saga, so these two name it; a copy that is sent again has the same identity.</summary>
    [JsonIgnore]
    public string Id => $"{OrderId}:{Type}";

    public string ToJson() => JsonSerializer.Serialize(this, MessageJson.Default.Message);

    /// <summary>Null when it is no message, or one without its order.</summary>
    public static Message? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, MessageJson.Default.Message) is { Type: not null, OrderId: not null } message ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Message))]
internal sealed partial class MessageJson : JsonSerializerContext;
