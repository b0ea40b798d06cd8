using System.Diagnostics;
using System.Text;
using Harness.Toxiproxy.Http;
using Harness.Toxiproxy.Proxies;

namespace Harness.Toxiproxy.Metrics;

/// <summary>What <c>GET /metrics</c> tells.</summary>
internal sealed class MetricsPage(ProxyCollection proxies, bool ofProxies, bool ofRuntime)
{
    private const string Received = "toxiproxy_proxy_received_bytes_total", Sent = "toxiproxy_proxy_sent_bytes_total";

    public HttpReply Write()
    {
        var text = new PrometheusText();
        if (ofProxies)
        {
            WriteProxies(text, Received, "Bytes read by the proxy from its clients and upstreams.", (t, s) => t.Received(s));
            WriteProxies(text, Sent, "Bytes written by the proxy to its clients and upstreams.", (t, s) => t.Sent(s));
        }
        if (ofRuntime)
            WriteProcess(text);
        text.Metric("promhttp_metric_handler_errors_total", "counter", "Errors while gathering these metrics.")
            .Sample("promhttp_metric_handler_errors_total", 0, ("cause", "encoding"))
            .Sample("promhttp_metric_handler_errors_total", 0, ("cause", "gathering"));
        return new HttpReply(200, PrometheusText.ContentType, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private void WriteProxies(PrometheusText text, string name, string help, Func<TrafficCounter, ToxicStream, long> read)
    {
        text.Metric(name, "counter", help);
        foreach (ServedProxy proxy in proxies.All)
        {
            foreach (ToxicStream stream in new[] { ToxicStream.Downstream, ToxicStream.Upstream })
                WriteProxy(text, name, proxy.State, stream, read(proxy.Traffic, stream));
        }
    }

    private static void WriteProxy(PrometheusText text, string name, ProxyState proxy, ToxicStream stream, long bytes)
    {
        if (bytes > 0)
            text.Sample(name, bytes, ("direction", stream.ToString().ToLowerInvariant()), ("listener", proxy.Listen), ("proxy", proxy.Name), ("upstream", proxy.Upstream));
    }

    private static void WriteProcess(PrometheusText text)
    {
        using var process = Process.GetCurrentProcess();
        Gauge("process_resident_memory_bytes", "Resident memory.", process.WorkingSet64);
        Gauge("process_virtual_memory_bytes", "Virtual memory.", process.VirtualMemorySize64);
        Gauge("process_start_time_seconds", "Start of the process since the Unix epoch.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        text.Metric("process_cpu_seconds_total", "counter", "User and system time.").Sample("process_cpu_seconds_total", process.TotalProcessorTime.TotalSeconds);
        Gauge("go_goroutines", "Threads of the pool; this server has no goroutines.", ThreadPool.ThreadCount);
        Gauge("go_threads", "Threads of the process.", process.Threads.Count);
        Gauge("go_memstats_heap_alloc_bytes", "Managed heap in use.", GC.GetTotalMemory(forceFullCollection: false));
        text.Metric("go_memstats_alloc_bytes_total", "counter", "Bytes ever allocated.").Sample("go_memstats_alloc_bytes_total", GC.GetTotalAllocatedBytes());
        text.Metric("go_info", "gauge", "The environment.").Sample("go_info", 1, ("version", $"dotnet{Environment.Version}"));
        text.Metric("go_build_info", "gauge", "The build.").Sample(
            "go_build_info", 1, ("checksum", ""), ("path", "Harness.Toxiproxy"), ("version", ToxiproxyServer.CompatibleVersion));

        void Gauge(string name, string help, double value) => text.Metric(name, "gauge", help).Sample(name, value);
    }
}
