using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Harness.Target.Tests.Observability;

/// <summary>A collector: takes what is exported over OTLP, HTTP with protobuf, and keeps the spans and the names of the metrics.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentBag<ReceivedSpan> _spans = [];
    private readonly ConcurrentBag<string> _metrics = [];
    private readonly WebApplication _app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/traces", (HttpRequest request) => TakeAsync(request, TakeSpans));
        _app.MapPost("/v1/metrics", (HttpRequest request) => TakeAsync(request, TakeMetrics));
    }

    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    public IReadOnlyCollection<string> Metrics => _metrics;

    /// <summary>What a process is told so that it exports to here, soon.</summary>
    public string[] Variables =>
    [
        $"OTEL_EXPORTER_OTLP_ENDPOINT={_app.Urls.First()}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_BSP_SCHEDULE_DELAY=200", "OTEL_METRIC_EXPORT_INTERVAL=500",
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<IResult> TakeAsync(HttpRequest request, Action<Protobuf> take)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        take(new Protobuf(body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }

    private void TakeSpans(Protobuf export)
    {
        foreach (var resource in export.Messages(1))
        {
            var service = Attributes(resource.Messages(1).Single(), 1)["service.name"];
            foreach (var span in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
                _spans.Add(new ReceivedSpan(service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Attributes(span, 9), [.. span.Messages(13).Select(link => link.Hex(2))]));
        }
    }

    private void TakeMetrics(Protobuf export)
    {
        foreach (var metric in export.Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2)))
            _metrics.Add(metric.Text(1));
    }

    private static Dictionary<string, string> Attributes(Protobuf owner, int field) =>
        owner.Messages(field).ToDictionary(pair => pair.Text(1), pair => pair.Messages(2).Single().Text(1));
}

/// <summary>A span as it was exported.</summary>
internal sealed record ReceivedSpan(string Service, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links);
