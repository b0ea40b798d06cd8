using Harness.Target.Observability;

namespace Harness.Target.Messaging;

/// <summary>What a service counts about its messaging.</summary>
public sealed class BusMetrics(MetricRegistry registry)
{
    public Counter Received { get; } = registry.Counter("bus_received_total", "Messages taken from the bus.");

    public Counter Redelivered { get; } = registry.Counter("bus_redelivered_total", "Of these, those that had been held before.");
}
