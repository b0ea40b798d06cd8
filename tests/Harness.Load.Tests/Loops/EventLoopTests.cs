using Harness.Load.Loops;
using Harness.Load.Tests.Raw;

namespace Harness.Load.Tests.Loops;

/// <summary>Loops are shared by the whole process, so what upsets one upsets other tests.</summary>
[Collection(nameof(AlonePart))]
public sealed class EventLoopTests
{
    [Theory]
    [InlineData(Lane.RawOnLoops)]
    [InlineData(Lane.OrdinaryOnLoops)]
    public async Task Loses_no_answer_while_it_goes_from_thread_to_thread(Lane lane)
    {
        await using var server = new ScriptedServer(async (socket, _) => await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray()));
        using var user = new LaneUser(lane, server.Url);
        using var done = new CancellationTokenSource();
        Task upsetting = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                foreach (EventLoop loop in EventLoops.All)
                    loop.TakeFromItsThread(heldMs: 0);
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }, TestContext.Current.CancellationToken);

        LoadResult result = await LoadRunner.RegisterScenarios(Scenario.Create("get", async _ => await user.GetAsync(TimeSpan.FromSeconds(5)))
            .WithLoadSimulations(Simulation.IterationsForConstant(8, 5_000))).RunAsync(TestContext.Current.CancellationToken);
        await done.CancelAsync();
        await upsetting;

        Assert.Equal((5_000, ""), (result.Scenarios[0].Total.Ok, string.Join(", ", result.Scenarios[0].Total.Errors.Keys)));
    }
}
