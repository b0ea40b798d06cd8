using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Chaos.Control;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults;
using Harness.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Harness.Cli.Control;

/// <summary>What the control API can do, all of it under <c>/api/v1</c>.</summary>
internal sealed class ControlRoutes(ControlRoom room)
{
    public const string Prefix = "/api/v1";

    public void Map(WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup(Prefix);
        api.MapGet("/status", async () => Json(await StatusView.OfAsync(room))).WithSummary("Services, edges and what is wrong with them now.").Produces<StatusView>();
        api.MapGet("/history", () => Json(new HistoryView(room.Board.Seconds, room.Board.Events))).WithSummary("The last ten minutes.").Produces<HistoryView>();
        api.MapGet("/stream", (CancellationToken cancellationToken) => TypedResults.ServerSentEvents(StreamAsync(cancellationToken)))
            .WithSummary("Everything from now on as server-sent events: second, happened, faults.").Produces(200, contentType: "text/event-stream");
        api.MapGet("/faults/kinds", () => Json(FaultKinds.All.Select(kind => new FaultKindView(kind.Name, kind.Summary, FaultForm.Describe(kind, room.Kind)))))
            .WithSummary("Every kind of fault and what it takes.").Produces<FaultKindView[]>();
        api.MapGet("/faults", () => Json(room.Desk.All)).WithSummary("Faults in place, and those that are over.").Produces<HeldFault[]>();
        api.MapPost("/faults", InjectAsync).WithSummary("Injects a fault: its kind under fault, how long under for, and what the kind takes.")
            .Accepts<JsonObject>("application/json").Produces<HeldFault>(201).ProducesProblem(400).ProducesProblem(409);
        api.MapGet("/faults/{id}", (string id) => room.Desk.All.FirstOrDefault(fault => fault.Id == id) is { } found ? Json(found) : NoSuchFault(id))
            .WithSummary("One fault.").Produces<HeldFault>().ProducesProblem(404);
        api.MapDelete("/faults/{id}", async (string id) => await room.Desk.HealAsync(id) is { } healed ? Json(healed, healed.Stage == FaultStage.NotHealed ? 500 : 200) : NoSuchFault(id))
            .WithSummary("Heals a fault, and answers when it is gone.").Produces<HeldFault>().ProducesProblem(404);
        api.MapDelete("/faults", async () => Json(await room.Desk.HealAllAsync())).WithSummary("Heals everything.").Produces<HeldFault[]>();
        api.MapPut("/load", LoadAsync).WithSummary("Begins load, in the place of what ran.").Accepts<LoadForm>("application/json").Produces(204).ProducesProblem(400);
        api.MapDelete("/load", async () =>
        {
            await room.Load.StopAsync();
            return Results.NoContent();
        }).WithSummary("Ends the load.").Produces(204);
    }

    private async Task<IResult> InjectAsync(HttpRequest request)
    {
        if (await ReadAsync(request) is not JsonObject body)
            return Wrong(["the body is not a JSON object such as {\"fault\":\"latency\",\"edges\":[\"orders -> payments\"],\"delay\":\"200ms\",\"for\":\"30s\"}"]);
        (HeldFault? fault, IReadOnlyList<string> problems) = await room.Desk.InjectAsync(body);
        if (fault is null)
            return Wrong(problems);
        return fault.Stage == FaultStage.NotInjected
            ? Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "It could not be injected, and nothing of it is left.", detail: fault.Problem)
            : Results.Json(fault, RecordJson.Line, statusCode: StatusCodes.Status201Created).WithLocation($"{Prefix}/faults/{fault.Id}");
    }

    private async Task<IResult> LoadAsync(HttpRequest request)
    {
        if (await ReadAsync(request) is not JsonObject body)
            return Wrong(["the body is not a JSON object such as {\"rate\":\"20/s\",\"for\":\"10m\"}"]);
        var problems = new List<string>();
        string rate = body["rate"]?.ToString() ?? "", lasts = body["for"]?.ToString() ?? "";
        TimeSpan length = LiveLoad.ForDefault;
        if (!Units.TryRate(rate, out double perSecond) || perSecond > LiveLoad.RateMax)
            problems.Add($"rate: '{rate}' is not {Units.RateForm}, at most {LiveLoad.RateMax:0}/s");
        if (lasts.Length > 0 && (!Units.TryDuration(lasts, out length) || length <= TimeSpan.Zero || length > LiveLoad.ForMax))
            problems.Add($"for: '{lasts}' is not {Units.DurationForm}, above zero and at most {Units.Text(LiveLoad.ForMax)}");
        problems.AddRange(body.Where(field => field.Key is not ("rate" or "for")).Select(field => $"{field.Key}: unknown key; it takes rate and for"));
        if (problems.Count > 0)
            return Wrong(problems);
        await room.Load.StartAsync(perSecond, length);
        return Results.NoContent();
    }

    private async IAsyncEnumerable<SseItem<string>> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Whoever comes late knows at once what is wrong.
        yield return new SseItem<string>(JsonSerializer.Serialize(room.Desk.All, RecordJson.Line), "faults");
        await foreach (BoardNews news in room.Board.WatchAsync(cancellationToken))
        {
            yield return news switch
            {
                { Second: { } second } => new SseItem<string>(JsonSerializer.Serialize(second, RecordJson.Line), "second"),
                { Happened: { } happened } => new SseItem<string>(JsonSerializer.Serialize(happened, RecordJson.Line), "happened"),
                _ => new SseItem<string>(JsonSerializer.Serialize(news.Faults, RecordJson.Line), "faults"),
            };
        }
    }

    private static async Task<JsonNode?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Json<T>(T value, int status = 200) => Results.Json(value, RecordJson.Line, statusCode: status);

    private static IResult Wrong(IReadOnlyList<string> problems) => Results.Problem(
        statusCode: StatusCodes.Status400BadRequest, title: "Nothing was done.", detail: string.Join("; ", problems),
        extensions: new Dictionary<string, object?> { ["problems"] = problems });

    private IResult NoSuchFault(string id) => Results.Problem(
        statusCode: StatusCodes.Status404NotFound, detail: $"There is no fault '{id}'; {NearestName.Hint(id, room.Desk.All.Where(fault => fault.IsLive).Select(fault => fault.Id))}");
}

/// <summary>Adds where the new thing is.</summary>
internal static class LocatedResult
{
    public static IResult WithLocation(this IResult result, string location) => new Located(result, location);

    private sealed class Located(IResult result, string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = location;
            return result.ExecuteAsync(httpContext);
        }
    }
}
