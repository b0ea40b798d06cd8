using Harness.Target.Observability;

namespace Harness.Target.Tests.Observability;

public sealed class OtlpExportTests : IDisposable
{
    private readonly RedisServer _redis = new();

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Shows_a_whole_saga_as_one_trace_through_all_services_and_the_same_trace_in_their_logs()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var system = await OrderSystem.StartAsync(_redis, null, [.. receiver.Variables, "Logging__LogLevel__Harness=Debug"]);
        var id = await system.PlaceAsync("traced-1");
        await system.SettleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(SpansOf(receiver, id).Count >= 7), "seven spans of the order have come");

        var spans = SpansOf(receiver, id);
        var trace = Assert.Single(spans.Select(span => span.Trace).Distinct());
        Assert.Equal(
        [
            "inventory process PAYMENT_PROCESSED", "inventory publish INVENTORY_UPDATED", "orders POST /orders", "orders process INVENTORY_UPDATED", "orders publish ORDER_CREATED",
            "payments process ORDER_CREATED", "payments publish PAYMENT_PROCESSED",
        ], spans.Select(span => $"{span.Service} {span.Name}").Order(StringComparer.Ordinal));
        foreach (var (cause, effect) in new[]
        {
            ("POST /orders", "publish ORDER_CREATED"), ("publish ORDER_CREATED", "process ORDER_CREATED"), ("process ORDER_CREATED", "publish PAYMENT_PROCESSED"),
            ("publish PAYMENT_PROCESSED", "process PAYMENT_PROCESSED"), ("process PAYMENT_PROCESSED", "publish INVENTORY_UPDATED"), ("publish INVENTORY_UPDATED", "process INVENTORY_UPDATED"),
        })
            Assert.Equal(Named(spans, cause).Id, Named(spans, effect).Parent);
        Assert.Equal([Named(spans, "publish ORDER_CREATED").Id], Named(spans, "process ORDER_CREATED").Links);
        // The question for the price belongs to it as well.
        await Eventually.TrueAsync(
            () => Task.FromResult(receiver.Spans.Any(span => span.Trace == trace && span is { Service: "inventory", Name: "GET /products/{sku}" })), "the span of the price has come");

        foreach (var service in new[] { system.Orders, system.Payments, system.Inventory })
            Assert.Contains(service.Output.Split('\n'), line => line.Contains(id, StringComparison.Ordinal) && line.Contains(trace, StringComparison.Ordinal));
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Metrics.Contains("orders_terminal_total") && receiver.Metrics.Contains("http.server.request.duration")), "metrics have come");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317")]
    [InlineData(true, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://127.0.0.1:4317")]
    [InlineData(true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317", "OTEL_TRACES_EXPORTER=none")]
    [InlineData(false, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317", "OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none")]
    [InlineData(false, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317", "OTEL_SDK_DISABLED=true")]
    [InlineData(false, "OTEL_EXPORTER_OTLP_ENDPOINT=")]
    public void Is_switched_by_the_standard_variables(bool wanted, params string[] variables)
    {
        var environment = variables.Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(wanted, OtlpExport.IsWanted(environment.GetValueOrDefault));
    }

    private static List<ReceivedSpan> SpansOf(OtlpReceiver receiver, string orderId) =>
        [.. receiver.Spans.Where(span => span.Attributes.GetValueOrDefault("order.id") == orderId)];

    private static ReceivedSpan Named(List<ReceivedSpan> spans, string name) => Assert.Single(spans, span => span.Name == name);
}
