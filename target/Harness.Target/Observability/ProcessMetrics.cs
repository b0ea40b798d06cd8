namespace Harness.Target.Observability;

/// <summary>What the process itself uses, under the names that Prometheus' own client libraries give it.</summary>
public static class ProcessMetrics
{
    public static void Register(MetricRegistry registry)
    {
        registry.Total("process_cpu_seconds_total", "Processor time, user and system.", () => Environment.CpuUsage.TotalTime.TotalSeconds);
        registry.Gauge("process_resident_memory_bytes", "Resident memory.", () => Environment.WorkingSet);
    }
}
