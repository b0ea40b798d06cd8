using System.Net.Mime;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Harness.Target.Requests;

/// <summary>The JSON object that a client has sent, field by field. What is wrong with it is collected, so that the client is told of everything at once.</summary>
internal sealed class RequestFields : IDisposable
{
    /// <summary>The largest body that is read; what any request here needs is a hundredth of it.</summary>
    public const int BytesMax = 16 * 1024;

    private const int DepthMax = 8;
    private const int SeenLengthMax = 40;
    private const int TyposMax = 2;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DepthMax, AllowDuplicateProperties = false };

    private readonly Dictionary<string, string[]> _problems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private JsonDocument? _document;
    private Dictionary<string, JsonElement>? _fields;
    private int _status = StatusCodes.Status400BadRequest;

    private RequestFields()
    {
    }

    public bool IsSound => _problems.Count == 0;

    /// <summary>Reads the body. Never throws for what a client may send, but for a body that is larger than the server takes.</summary>
    /// <param name="request">Its body is read to the end.</param>
    /// <param name="example">A body as it should be, for whoever sent another.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BadHttpRequestException">The body is too large, or its end did not come: the status is in it.</exception>
    public static async Task<RequestFields> ReadAsync(HttpRequest request, string example, CancellationToken cancellationToken)
    {
        var fields = new RequestFields();
        if (!IsJson(request.ContentType))
        {
            fields._status = StatusCodes.Status415UnsupportedMediaType;
            fields.Add("Content-Type", $"It must be {MediaTypeNames.Application.Json}, in UTF-8, not {Quote(request.ContentType)}.");
            return fields;
        }

        fields.Parse(await ReadBytesAsync(request, cancellationToken), example);
        return fields;
    }

    public static BadHttpRequestException TooLarge() => new($"The body must have no more than {BytesMax} bytes.", StatusCodes.Status413PayloadTooLarge);

    /// <summary>One problem; the first one of a field stays.</summary>
    public void Add(string field, string problem) => _problems.TryAdd(field, [problem]);

    /// <summary>A text that <paramref name="isSound"/> agrees with; empty when there is none, and then there is a problem.</summary>
    /// <param name="wanted">What it must be, to follow "It must be".</param>
    public string Text(string name, string wanted, Func<string, bool> isSound)
    {
        if (Find(name, wanted) is not { } value)
            return "";
        if (value.ValueKind == JsonValueKind.String && TryGetText(value, out var text) && isSound(text))
            return text;
        AddSeen(name, wanted, value);
        return "";
    }

    /// <summary>A whole number within bounds; 0 when there is none, and then there is a problem.</summary>
    public long Whole(string name, long min, long max)
    {
        var wanted = $"a whole number from {min} to {max}";
        if (Find(name, wanted) is not { } value)
            return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
            return number;
        AddSeen(name, wanted, value);
        return 0;
    }

    /// <summary>Every problem, as RFC 9457 has it.</summary>
    public IResult ToResult() => Results.ValidationProblem(_problems, statusCode: _status);

    public void Dispose() => _document?.Dispose();

    /// <summary>At most 40 characters of what was sent, between apostrophes; it may hold anything, so it belongs into JSON only.</summary>
    public static string Quote(string? seen) => seen is null ? "nothing" : $"'{(seen.Length > SeenLengthMax ? seen[..SeenLengthMax] + "…" : seen)}'";

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        // ASCII is UTF-8 as well.
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Value is { } charset && (Is(charset, "utf-8") || Is(charset, "us-ascii")));

    private static bool Is(string charset, string name) => charset.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // The document keeps the bytes, so they are not rented.
        var bytes = new byte[(int)Math.Min(request.ContentLength ?? BytesMax, BytesMax) + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= BytesMax ? bytes.AsMemory(0, length) : throw TooLarge();
    }

    private static bool TryGetText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException) // Half a surrogate pair: good JSON, but no text.
        {
            text = "";
            return false;
        }
    }

    private void Parse(ReadOnlyMemory<byte> body, string example)
    {
        try
        {
            if (Utf8.IsValid(body.Span) && (_document = JsonDocument.Parse(body, Strict)).RootElement.ValueKind == JsonValueKind.Object)
            {
                _fields = _document.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
                return;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var place = e is JsonException { LineNumber: { } line, BytePositionInLine: { } column } ? $" at byte {column} of line {line + 1}" : "";
            Add("body", $"It cannot be read as JSON{place}: each field once, {DepthMax} levels at most. It must be an object like {example}");
            return;
        }

        Add("body", $"It must be a JSON object, in UTF-8, like {example}");
    }

    private JsonElement? Find(string name, string wanted)
    {
        _asked.Add(name);
        if (_fields is null)
            return null; // The body itself is the problem.
        if (_fields.TryGetValue(name, out var value))
            return value;
        var near = _fields.Keys.FirstOrDefault(key => key.Length <= SeenLengthMax && !_asked.Contains(key) && Nearest.Distance(key, name) <= TyposMax);
        Add(name, $"It is missing; it must be {wanted}.{(near is null ? "" : $" Did you mean it by {Quote(near)}?")}");
        return null;
    }

    private void AddSeen(string name, string wanted, JsonElement value) => Add(name, $"It must be {wanted}, not {Quote(value.GetRawText())}.");
}
