namespace Harness.Load.Tests;

/// <summary>A run that ends before its plan does, from within.</summary>
public sealed class StoppingTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Stops_one_scenario_and_lets_what_is_open_end()
    {
        ScenarioProps stopping = Scenario.Create("stopping", async context =>
        {
            if (context.InvocationNumber == 5)
                context.StopScenario("stopping", "seen enough");
            await Task.Yield();
            return Response.Ok();
        }).WithLoadSimulations(Simulation.Constant(1000, Minute));
        ScenarioProps other = Ok("other").WithLoadSimulations(Simulation.Constant(100, TimeSpan.FromSeconds(0.5)));

        LoadResult result = await RunAsync(LoadRunner.RegisterScenarios(stopping, other));
        ScenarioInterval stopped = result.Scenarios[0].Total;

        Assert.InRange(stopped.Ok, 5, 5_000);
        Assert.Equal(0, stopped.Open);
        Assert.Equal(50, result.Scenarios[1].Total.Ok);
        Assert.Equal(["scenario 'stopping' was stopped: seen enough"], result.Generator.Notes);
        Assert.False(result.Cancelled);
    }

    [Fact]
    public async Task Stops_every_scenario_when_too_many_iterations_fail()
    {
        LoadResult result = await RunAsync(LoadRunner.RegisterScenarios(
            Scenario.Create("failing", _ => Task.FromResult<IResponse>(Response.Fail("500")))
                .WithMaxFailCount(10).WithLoadSimulations(Simulation.KeepConstant(2, Minute)),
            Ok("other").WithLoadSimulations(Simulation.Constant(100, Minute))));

        Assert.InRange(result.Scenarios[0].Total.Refused, 10, 12);
        Assert.Equal(result.Scenarios[0].Total.Refused, result.Scenarios[0].Total.Errors["500"]);
        Assert.Equal(2, result.Generator.Notes.Count);
        Assert.InRange(result.Duration, TimeSpan.Zero, Finished.Limit);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 100)]
    [InlineData(50, 7)]
    public async Task Makes_as_many_iterations_as_were_asked_for(int copies, int iterations)
    {
        LoadResult closed = await RunAsync(LoadRunner.RegisterScenarios(
            Ok("a").WithLoadSimulations(Simulation.IterationsForConstant(copies, iterations))));
        LoadResult open = await RunAsync(LoadRunner.RegisterScenarios(
            Ok("a").WithLoadSimulations(Simulation.IterationsForInject(copies, TimeSpan.FromMilliseconds(10), iterations))));

        Assert.Equal((iterations, iterations), (closed.Scenarios[0].Total.Due, closed.Scenarios[0].Total.Ok));
        Assert.Equal((iterations, iterations), (open.Scenarios[0].Total.Due, open.Scenarios[0].Total.Ok));
    }

    [Fact]
    public async Task Ends_an_iteration_at_the_first_step_that_is_not_ok_unless_told_otherwise()
    {
        ScenarioProps steps = Scenario.Create("steps", async context =>
        {
            await Step.Run("one", context, async () =>
            {
                await Task.Yield();
                return Response.Unknown("timeout");
            });
            return await Step.Run("two", context, () => Task.FromResult(Response.Ok()));
        }).WithLoadSimulations(Simulation.IterationsForConstant(1, 3));

        LoadResult strict = await RunAsync(LoadRunner.RegisterScenarios(steps));
        LoadResult lenient = await RunAsync(LoadRunner.RegisterScenarios(steps.WithRestartIterationOnFail(false)));

        Assert.Equal((3, 1), (strict.Scenarios[0].Total.Unknown, strict.Scenarios[0].Total.Steps.Count));
        Assert.Equal(3, strict.Scenarios[0].Total.Errors["timeout"]);
        Assert.Equal([("one", 0L, 3L), ("two", 3L, 0L)], lenient.Scenarios[0].Total.Steps.Select(step => (step.Step, step.Ok, step.Unknown)));
        Assert.Equal(3, lenient.Scenarios[0].Total.Ok);
    }

    private static ScenarioProps Ok(string name) => Scenario.Create(name, async _ =>
    {
        await Task.Yield();
        return Response.Ok();
    });

    private static Task<LoadResult> RunAsync(LoadRun run) =>
        run.RunAsync(TestContext.Current.CancellationToken).WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
}
