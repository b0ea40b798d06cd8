using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Load;
using Harness.Reports.Gates;
using HdrHistogram;

namespace Harness.Cli.Gating;

/// <summary>Loads one arm for a block at a time, by the same engine as every other load: .NET's timers are late by as much as an answer takes.</summary>
internal sealed class ArmLoad(IRunningEnvironment arm, PairedDesign design) : IDisposable
{
    /// <summary>How many of the products are asked for, each as often.</summary>
    private const int Products = 100;

    private const double MicrosecondsPerMs = 1000;

    /// <summary>A failure took at least as long as we were willing to wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpMessageInvoker _client = Http.CreateClient();

    /// <summary>What a block came to.</summary>
    /// <param name="Metrics">By name; empty when nothing was due in it.</param>
    /// <param name="Due">How many arrivals came due.</param>
    /// <param name="Late">How many of them were sent 5 ms or more behind their plan, or not at all.</param>
    public readonly record struct Block(Dictionary<string, double> Metrics, long Due, long Late);

    /// <param name="seed">Fixes when arrivals are due and what each asks for.</param>
    /// <param name="runToken">Ends it.</param>
    public async Task<Block> RunAsync(int seed, CancellationToken runToken)
    {
        double cpuBefore = await CpuSecondsAsync(runToken);
        LoadResult result = await LoadRunner
            .RegisterScenarios(Scenario.Create(design.Scenario, context => SendAsync(context, seed))
                .WithLoadSimulations(Simulation.Poisson(Simulation.Constant(design.RatePerSecond, design.Block)))
                .WithRestartIterationOnFail(false)
                .WithoutWarmUp())
            .WithSeed(seed)
            .WithScenarioCompletionTimeout(Patience * 2)
            .RunAsync(runToken);
        runToken.ThrowIfCancellationRequested();
        double cpu = await CpuSecondsAsync(runToken) - cpuBefore;
        ScenarioInterval total = result.Scenarios[0].Total;
        return new Block(MetricsOf(total, cpu), total.Due, result.Generator.Late + total.Dropped);
    }

    public void Dispose() => _client.Dispose();

    private static Dictionary<string, double> MetricsOf(ScenarioInterval total, double cpuSeconds)
    {
        if (total.Due == 0)
            return [];
        HistogramBase latency = total.OkResponse.Copy();
        if (total.Due > total.Ok)
            latency.RecordValueWithCount((long)Patience.TotalMicroseconds, total.Due - total.Ok);
        double Milliseconds(double percentile) => latency.GetValueAtPercentile(percentile) / MicrosecondsPerMs;
        return new Dictionary<string, double>
        {
            ["latency.p50"] = Milliseconds(50),
            ["latency.p95"] = Milliseconds(95),
            ["latency.mean"] = latency.GetMean() / MicrosecondsPerMs,
            ["cpuPerRequest"] = cpuSeconds / total.Due,
            ["availability"] = (double)total.Ok / total.Due,
        };
    }

    private async Task<IResponse> SendAsync(IScenarioContext context, int seed)
    {
        string sku = string.Create(CultureInfo.InvariantCulture, $"sku-{1 + context.Random.Next(Products):0000}");
        HttpRequestMessage request = design.Scenario == "browse"
            ? Http.CreateRequest("GET", new Uri(Of("inventory"), $"products/{sku}").AbsoluteUri)
            : Http.CreateRequest("POST", new Uri(Of("orders"), "orders").AbsoluteUri)
                .WithHeader("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"gate-{seed:x8}-{context.InvocationNumber}"))
                .WithJsonBody(new { customer = "customer-0001", sku, quantity = 1 });
        Response<HttpResponseMessage> response = await Http.Send(_client, request, Patience, context.ScenarioCancellationToken);
        response.Payload?.Value.Dispose();
        return response;
    }

    private Uri Of(string service) => arm.Services.First(one => one.Name == service).ForClients;

    private async Task<double> CpuSecondsAsync(CancellationToken runToken)
    {
        const string Name = "process_cpu_seconds_total ";
        double total = 0;
        foreach (RunningService service in arm.Services)
        {
            Response<HttpResponseMessage> page = await Http.Send(_client, Http.CreateRequest("GET", new Uri(service.Direct, "metrics").AbsoluteUri), Patience, runToken);
            using HttpResponseMessage? answer = page.Payload?.Value;
            string text = answer is null ? "" : await answer.Content.ReadAsStringAsync(runToken);
            string? line = text.Split('\n').FirstOrDefault(one => one.StartsWith(Name, StringComparison.Ordinal));
            total += line is null ? double.NaN : double.Parse(line.AsSpan(Name.Length), CultureInfo.InvariantCulture);
        }

        return total;
    }
}
