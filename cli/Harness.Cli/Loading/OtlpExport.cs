using Harness.Chaos.Experiments;
using Harness.Load.Reporting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Harness.Cli.Loading;

/// <summary>Sends a load's metrics by OTLP when OpenTelemetry's own variables say where to: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or
/// <c>OTEL_EXPORTER_OTLP_METRICS_ENDPOINT</c>, with <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>OTEL_EXPORTER_OTLP_HEADERS</c>,
/// <c>OTEL_METRIC_EXPORT_INTERVAL</c> and <c>OTEL_SERVICE_NAME</c> as usual.</summary>
internal static class OtlpExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";

    /// <summary>What is wrong with the variables.</summary>
    public static IEnumerable<Problem> Problems() => new[] { Endpoint, MetricsEndpoint }
        .Where(name => Value(name) is { } text && !Uri.TryCreate(text, UriKind.Absolute, out _))
        .Select(name => new Problem(name, 0, 0, $"'{Value(name)}' is not an address"));

    /// <summary>Null when nobody asked for it. What is left is sent when it is disposed.</summary>
    public static IDisposable? Begin() => Value(Endpoint) is null && Value(MetricsEndpoint) is null
        ? null
        : Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("harness", serviceVersion: Installation.Version).AddEnvironmentVariableDetector())
            .AddMeter(LoadMeter.Name)
            .AddOtlpExporter(options =>
            {
                // The exporter itself reads only the variables that are common to all signals.
                if (Value(MetricsEndpoint) is { } endpoint)
                    options.Endpoint = new Uri(endpoint);
            })
            .Build();

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
