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
    private static readonly string[] Switches = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Null when nobody asked for it. What is left is sent when it is disposed.</summary>
    public static IDisposable? Begin() => Switches.All(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
        ? null
        : Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("harness", serviceVersion: Installation.Version).AddEnvironmentVariableDetector())
            .AddMeter(LoadMeter.Name)
            .AddOtlpExporter()
            .Build();
}
