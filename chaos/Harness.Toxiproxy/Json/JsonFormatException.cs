namespace Harness.Toxiproxy.Json;

/// <summary>A text that is no JSON, or none that fits; the message is what Go's decoder would say.</summary>
internal sealed class JsonFormatException(string message) : Exception(message);
