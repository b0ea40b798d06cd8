using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harness.Load.Tests;

/// <summary>A real server that stands still for one second under 200 requests a second, on the real clock.</summary>
[Collection(nameof(AlonePart))]
public sealed class StalledTargetTests
{
    [Fact]
    public async Task Shows_a_stall_of_one_second_as_those_saw_it_who_came_on_schedule()
    {
        var begun = new BegunLoad();
        TimeSpan stallFrom = TimeSpan.FromSeconds(3);
        TimeSpan stallUntil = TimeSpan.FromSeconds(4);
        await using WebApplication server = await StartAsync(async () =>
        {
            TimeSpan elapsed = begun.Elapsed;
            TimeSpan left = stallUntil - elapsed;
            if (elapsed >= stallFrom && left > TimeSpan.Zero)
                await Task.Delay(left);
        });
        string url = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using HttpMessageInvoker client = Http.CreateClient();
        ScenarioProps scenario = Scenario.Create("get", async context => await Http.Send(
                client, Http.CreateRequest("GET", url), TimeSpan.FromSeconds(10), context.ScenarioCancellationToken))
            .WithWarmUpDuration(TimeSpan.FromSeconds(1))
            .WithLoadSimulations(Simulation.Constant(200, TimeSpan.FromSeconds(10)));
        LoadResult result = await LoadRunner.RegisterScenarios(scenario)
            .WithSeed(1).WithObserver(begun).RunAsync(TestContext.Current.CancellationToken);
        ScenarioInterval total = result.Scenarios[0].Total;

        // The truth: a tenth of the arrivals wait for 0 to 1000 ms, evenly. Bounds are wide since the machine may be busy.
        Assert.Equal((2000, 2000, ""), (total.Due, total.Ok, string.Join(", ", total.Errors.Keys)));
        Assert.InRange(total.Response.GetValueAtPercentile(95), 400_000, 800_000);
        Assert.InRange(total.Response.GetValueAtPercentile(99), 850_000, 1_400_000);
        Assert.InRange(total.Response.GetValueAtPercentile(100), 950_000, 1_900_000);
        Assert.Equal(2000, result.Generator.Sent);
        Assert.True(result.Generator.Cpu > TimeSpan.Zero);
        TestContext.Current.SendDiagnosticMessage(
            $"p95 {total.Response.GetValueAtPercentile(95)} p99 {total.Response.GetValueAtPercentile(99)} "
            + $"max {total.Response.GetValueAtPercentile(100)} µs; {result.Generator}");
    }

    private static async Task<WebApplication> StartAsync(Func<Task> answering)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        server.MapGet("/", async () =>
        {
            await answering();
            return "hello, world\n";
        });
        await server.StartAsync();
        return server;
    }

    /// <summary>How long ago the load began; zero before.</summary>
    private sealed class BegunLoad : ILoadObserver
    {
        private long _timestamp;

        public TimeSpan Elapsed =>
            Volatile.Read(ref _timestamp) is var timestamp and > 0 ? Stopwatch.GetElapsedTime(timestamp) : TimeSpan.Zero;

        public void OnStarted(long timestamp) => Volatile.Write(ref _timestamp, timestamp);

        public void OnInterval(LoadInterval interval)
        {
        }
    }
}
