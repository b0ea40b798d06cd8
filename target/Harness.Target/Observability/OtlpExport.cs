using System.Diagnostics.Metrics;
using Harness.Target.Messaging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Harness.Target.Observability;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector, told by the standard variables alone: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> switches it on;
/// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> (<c>grpc</c> unless set, or <c>http/protobuf</c>), <c>…_HEADERS</c>, <c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>,
/// <c>OTEL_TRACES_SAMPLER</c>, <c>OTEL_SDK_DISABLED</c> and the rest mean what they mean everywhere. Without an endpoint none of its libraries is loaded.
/// </summary>
internal sealed class OtlpExport(ServiceOptions options, MetricRegistry registry) : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const int FlushMilliseconds = 800;
    private readonly Meter _meter = new("Harness.Target");
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <summary>Whether anything is to be exported.</summary>
    /// <param name="variable">The environment.</param>
    public static bool IsWanted(Func<string, string?> variable) => WantsTraces(variable) || WantsMetrics(variable);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (WantsTraces(Environment.GetEnvironmentVariable))
            _traces = Traces();
        if (WantsMetrics(Environment.GetEnvironmentVariable))
            _metrics = Metrics();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left, within a second: a collector that is away must not keep a service from ending.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _traces?.ForceFlush(FlushMilliseconds), cancellationToken), Task.Run(() => _metrics?.ForceFlush(FlushMilliseconds), cancellationToken));

    public void Dispose()
    {
        _traces?.Shutdown(0);
        _metrics?.Shutdown(0);
        _meter.Dispose();
    }

    private static bool WantsTraces(Func<string, string?> variable) => IsSet(variable, TracesEndpoint, "OTEL_TRACES_EXPORTER");

    private static bool WantsMetrics(Func<string, string?> variable) => IsSet(variable, MetricsEndpoint, "OTEL_METRICS_EXPORTER");

    private static bool IsSet(Func<string, string?> variable, string own, string exporter) =>
        !(string.IsNullOrEmpty(variable(Endpoint)) && string.IsNullOrEmpty(variable(own)))
        && !string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(variable(exporter), "none", StringComparison.OrdinalIgnoreCase);

    private TracerProvider Traces() => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddAspNetCoreInstrumentation(server => server.Filter = context => !IsCare(context.Request.Path))
        .AddSource("System.Net.Http", "Npgsql", BusTracing.SourceName)
        .AddOtlpExporter()
        .Build();

    private MeterProvider Metrics()
    {
        foreach (var family in registry.All().GroupBy(metric => (metric.Name, metric.Help, metric.Rises)))
        {
            IEnumerable<Measurement<double>> Read() => family.Select(metric => (metric.Labels, Value: metric.Read())).Where(one => !double.IsNaN(one.Value))
                .Select(one => new Measurement<double>(one.Value, Tags(one.Labels)));
            _ = family.Key.Rises
                ? (Instrument)_meter.CreateObservableCounter(family.Key.Name, Read, description: family.Key.Help)
                : _meter.CreateObservableGauge(family.Key.Name, Read, description: family.Key.Help);
        }

        return Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter(_meter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "Npgsql", "System.Runtime")
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>Who is on the other end may have named it; else it is called what it is.</summary>
    private ResourceBuilder Resource()
    {
        var named = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME"))
            || Environment.GetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES")?.Contains("service.name=", StringComparison.Ordinal) == true;
        var resource = ResourceBuilder.CreateDefault();
        return named ? resource : resource.AddService(options.Service.Word(), serviceNamespace: "harness");
    }

    /// <summary>From <c>status="CONFIRMED"</c>, as the registry has them.</summary>
    private static IEnumerable<KeyValuePair<string, object?>> Tags(string labels) =>
        labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => label.Split('=', 2)).Select(pair => new KeyValuePair<string, object?>(pair[0], pair[1].Trim('"')));

    private static bool IsCare(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics") || path.StartsWithSegments("/audit");
}
