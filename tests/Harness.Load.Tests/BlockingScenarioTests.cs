using System.Diagnostics;
using Harness.Load.Loops;
using Harness.Load.Tests.Raw;

namespace Harness.Load.Tests;

[Collection(nameof(AlonePart))]
public sealed class BlockingScenarioTests
{
    [Fact]
    public async Task Moves_a_scenario_that_holds_its_threads_and_keeps_it_from_starving_another()
    {
        using var never = new ManualResetEventSlim();
        int open = 0;
        int openMost = 0;
        ScenarioProps blocking = Scenario.Create("blocking", context =>
        {
            InterlockedMax(ref openMost, Interlocked.Increment(ref open));
            never.Wait(TimeSpan.FromSeconds(2), context.ScenarioCancellationToken);
            Interlocked.Decrement(ref open);
            return Task.FromResult<IResponse>(Response.Ok());
        }).WithLoadSimulations(Simulation.Constant(20, TimeSpan.FromSeconds(4)));
        ScenarioProps polite = Scenario.Create("polite", async _ =>
        {
            await Task.Yield();
            return Response.Ok();
        }).WithLoadSimulations(Simulation.Constant(100, TimeSpan.FromSeconds(4)));

        LoadResult result = await LoadRunner.RegisterScenarios(blocking, polite).RunAsync(TestContext.Current.CancellationToken);
        ScenarioInterval held = result.Scenarios[0].Total;
        ScenarioInterval other = result.Scenarios[1].Total;

        Assert.Equal((80, 400), (held.Ok, other.Ok));
        Assert.Contains("scenario 'blocking' held its thread for ", Assert.Single(result.Generator.Notes), StringComparison.Ordinal);
        // 20 a second of 2 s each keep 40 open; a starved pool of two or three threads could not.
        Assert.InRange(openMost, 20, 80);
        Assert.InRange(held.Response.GetValueAtPercentile(50), 2_000_000, 3_500_000);
        Assert.InRange(other.Response.GetValueAtPercentile(75), 0, 500_000);
    }

    [Fact]
    public async Task Takes_a_loop_away_from_what_holds_it_after_an_await_and_names_it()
    {
        Assert.SkipUnless(EventLoops.AreThere, "event loops need Linux");
        using var never = new ManualResetEventSlim();
        await using var server = new ScriptedServer(async (socket, _) => await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray()));
        using HttpMessageInvoker client = Http.CreateClient();
        ScenarioProps holding = Scenario.Create("holding", async context =>
        {
            Response<HttpResponseMessage> response = await Http.Send(client, Http.CreateRequest("GET", server.Url.AbsoluteUri));
            never.Wait(TimeSpan.FromSeconds(2), context.ScenarioCancellationToken);
            return response;
        }).WithLoadSimulations(Simulation.Constant(5, TimeSpan.FromSeconds(2)));
        ScenarioProps polite = Scenario.Create("polite", async _ =>
        {
            await Task.Yield();
            return Response.Ok();
        }).WithLoadSimulations(Simulation.Constant(100, TimeSpan.FromSeconds(4)));

        LoadResult result = await LoadRunner.RegisterScenarios(holding, polite).WithEventLoops(1).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal((10, 400), (result.Scenarios[0].Total.Ok, result.Scenarios[1].Total.Ok));
        Assert.Contains("scenario 'holding' held its thread for ", Assert.Single(result.Generator.Notes), StringComparison.Ordinal);
        // Ten holds of 2 s, one after the other, would have kept everyone waiting for most of the time.
        Assert.InRange(result.Duration, TimeSpan.FromSeconds(3.9), TimeSpan.FromSeconds(12));
        Assert.InRange(result.Scenarios[1].Total.Response.GetValueAtPercentile(50), 0, 500_000);
    }

    [Fact]
    public async Task Ends_in_time_although_fifty_virtual_users_never_wait()
    {
        var clock = Stopwatch.StartNew();
        LoadResult result = await LoadRunner.RegisterScenarios(
            Scenario.Create("no-op", _ => Task.FromResult<IResponse>(Response.Ok()))
                .WithLoadSimulations(Simulation.KeepConstant(50, TimeSpan.FromSeconds(2)))).RunAsync(TestContext.Current.CancellationToken);

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));
        Assert.True(result.Scenarios[0].Total.Ok > 10_000);
        Assert.Empty(result.Generator.Notes);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = most; value > seen; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
