namespace Harness.Load.Tests;

public sealed class ThresholdTests
{
    [Fact]
    public async Task Judges_the_whole_run_and_says_what_was_asked()
    {
        LoadResult result = await RunAsync(Half(TimeSpan.FromSeconds(0.5)).WithThresholds(
            Threshold.Create(stats => stats.Fail.Request.Percent < 60),
            Threshold.Create(stats => stats.Ok.Request.Count > 1000),
            Threshold.Create("work", step => step.Ok.Latency.Percent99 < 30_000),
            Threshold.Create("no such step", step => step.Ok.Request.RPS > 0),
            Threshold.Create(_ => throw new InvalidOperationException("a defect of the check"))));

        Assert.Equal([false, true, false, true, true], result.Thresholds.Select(threshold => threshold.IsFailed));
        Assert.Equal("stats => stats.Ok.Request.Count > 1000", result.Thresholds[1].CheckExpression);
        Assert.Equal("work", result.Thresholds[2].StepName);
        Assert.Equal("a defect of the check", result.Thresholds[4].ExceptionMsg);
    }

    [Fact]
    public async Task Ends_the_run_when_it_did_not_hold_often_enough()
    {
        LoadResult result = await RunAsync(Half(TimeSpan.FromMinutes(10)).WithThresholds(
            Threshold.Create(stats => stats.Fail.Request.Count == 0, abortWhenErrorCount: 2)));

        Assert.InRange(result.Duration, TimeSpan.FromSeconds(1), Finished.Limit);
        Assert.True(result.Thresholds[0].IsFailed);
        Assert.Contains("did not hold in 2 looks", Assert.Single(result.Generator.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_every_other_iteration_on_its_side_with_its_own_latency()
    {
        LoadResult result = await RunAsync(Half(TimeSpan.FromSeconds(0.5)));
        ScenarioStats stats = Assert.Single(result.ScenarioStats);

        Assert.Equal((50, 50), (stats.Ok.Request.Count, stats.Fail.Request.Count));
        Assert.Equal(50, stats.Ok.Request.Percent);
        Assert.Equal(50 / result.Duration.TotalSeconds, stats.Ok.Request.RPS);
        Assert.True(stats.Fail.Latency.MinMs >= 20);
        Assert.True(stats.Ok.Latency.MinMs < stats.Fail.Latency.MinMs);
    }

    /// <summary>Every second iteration fails, and takes 20 ms longer.</summary>
    private static ScenarioProps Half(TimeSpan during) => Scenario.Create("half", async context => await Step.Run("work", context, async () =>
    {
        if (context.InvocationNumber % 2 == 1)
            return Response.Ok();
        await Task.Delay(25);
        return Response.Fail("500");
    })).WithLoadSimulations(Simulation.Constant(200, during));

    private static Task<LoadResult> RunAsync(ScenarioProps scenario) => LoadRunner.RegisterScenarios(scenario)
        .RunAsync(TestContext.Current.CancellationToken).WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
}
