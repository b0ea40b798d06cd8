using System.Collections.Concurrent;

namespace Harness.Load.Tests;

/// <summary>What scenarios are told of the run they are in, in NBomber's words.</summary>
public sealed class ContextTests
{
    [Fact]
    public async Task Tells_scenarios_of_their_run_and_takes_what_they_say()
    {
        var said = new ConcurrentQueue<string>();
        string? url = null;
        ScenarioProps scenario = Scenario.Create("teller", async context =>
            {
                await Task.Yield();
                if (context.InvocationNumber == 1)
                    context.Logger.Information("{Suite}/{Test} on {Cores}, {Unfilled}", context.TestInfo.TestSuite, context.TestInfo.TestName, context.NodeInfo.CoresCount);
                return Response.Ok();
            })
            .WithInit(context =>
            {
                url = context.CustomSettings["target:url"];
                context.Logger.Error(new IOException("why"), "{Operation} of {Part}", context.ScenarioInfo.ScenarioOperation, context.ScenarioPartition.Number);
                return Task.CompletedTask;
            })
            .WithLoadSimulations(Simulation.Constant(100, TimeSpan.FromSeconds(0.05)));

        await NBomberRunner.RegisterScenarios(scenario).WithTestSuite("suite").WithTestName("test").WithLogger(said.Enqueue)
            .WithCustomSettings([new("target:url", "http://here")]).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("http://here", url);
        Assert.Equal(["error: Init of 1 (IOException: why)", $"information: suite/test on {Environment.ProcessorCount}, {{Unfilled}}"], said);
    }

    [Fact]
    public async Task Keeps_data_within_an_iteration_and_instance_data_beyond_it()
    {
        var kept = new ConcurrentQueue<(int Data, int Instance)>();
        ScenarioProps scenario = Scenario.Create("keeper", async context =>
        {
            await Step.Run("put", context, () =>
            {
                context.Data["seen"] = true;
                context.ScenarioInstanceData[$"{context.InvocationNumber}"] = true;
                return Task.FromResult(Response.Ok());
            });
            kept.Enqueue((context.Data.Count, context.ScenarioInstanceData.Count));
            return Response.Ok();
        }).WithLoadSimulations(Simulation.IterationsForConstant(1, 3));

        await LoadRunner.RegisterScenarios(scenario).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal([(1, 1), (1, 2), (1, 3)], kept);
    }
}
