using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Target.Chaos;

/// <summary>
/// The way in for faults: <c>PUT /chaos/NAME</c> puts one in place or holds it for another three seconds, <c>DELETE /chaos/NAME</c> takes it
/// away and tells what it did, <c>GET /chaos</c> shows all. It is there only for a service that was started with a token; for whoever
/// does not bring that token, or comes from another machine, there is nothing at this path.
/// </summary>
internal static class ChaosEndpoint
{
    public const string Path = "/chaos";

    // By reflection: generated code would set what a body leaves out to zero and null, not to its default.
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    private const int NameLengthMax = 100;
    private const int BodyBytesMax = 4096;

    public static void Map(WebApplication app, ChaosToken token, ServiceOptions options)
    {
        var board = app.Services.GetRequiredService<ChaosBoard>();
        var settings = app.Services.GetRequiredService<LiveSettings>();
        var faults = app.MapGroup(Path).ExcludeFromDescription().AddEndpointFilter(async (call, next) =>
            MayAsk(call.HttpContext, token) ? await next(call) : Results.NotFound());
        faults.MapGet("", () => Results.Json(new ChaosView([.. board.Held.Select(held => held.View())], settings.InEffect), ChaosJson.Default.ChaosView));
        faults.MapPut("/{name}", (string name, HttpRequest request) => PutAsync(name, request, board, settings, options));
        faults.MapDelete("/{name}", async (string name) => await board.TakeAwayAsync(name) is { } held
            ? Results.Json(held.View(), ChaosJson.Default.HeldView)
            : Results.Problem(statusCode: 404, detail: "No such fault is in place; it may have ended by itself."));
    }

    private static bool MayAsk(HttpContext context, ChaosToken token) =>
        context.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller) && token.Matches(context.Request.Headers[ChaosToken.Header].ToString());

    private static async Task<IResult> PutAsync(string name, HttpRequest request, ChaosBoard board, LiveSettings settings, ServiceOptions options)
    {
        var problems = new List<string>();
        if (name.Length > NameLengthMax || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
            problems.Add($"name: it takes up to {NameLengthMax} letters, digits and hyphens.");
        var fault = await ReadAsync(request, problems);
        problems.AddRange(fault?.Problems(options) ?? []);
        if (problems.Count > 0)
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["fault"] = [.. problems] }, detail: string.Join(' ', problems));
        var overwritten = fault is SettingChange change ? settings.OverwrittenBy(name, change) : null;
        if (await board.HoldAsync(name, fault!) is not { } held)
            return Results.Problem(statusCode: 409, detail: $"{ChaosBoard.Max} faults are in place already.");
        overwritten?.Count("changes overwritten");
        if (fault is SettingChange)
            held.Count("changes made");
        return Results.Json(held.View(), ChaosJson.Default.HeldView);
    }

    private static async Task<ServiceFault?> ReadAsync(HttpRequest request, List<string> problems)
    {
        if (request.ContentLength is null or > BodyBytesMax)
        {
            problems.Add($"body: it takes a JSON object of at most {BodyBytesMax} bytes and says its length.");
            return null;
        }

        try
        {
            return await request.ReadFromJsonAsync<ServiceFault>(Reading, request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            problems.Add($"body: {e.Message}");
            return null;
        }
    }
}
