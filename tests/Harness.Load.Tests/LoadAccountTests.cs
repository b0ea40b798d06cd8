using CsCheck;

namespace Harness.Load.Tests;

/// <summary>Every arrival ends in exactly one place, whatever the load, the target and the moment of cancellation.</summary>
public sealed class LoadAccountTests
{
    [Fact]
    public async Task Leaves_no_arrival_out_and_counts_none_twice() => await Gen.Select(
        Gen.Int[0, 3], Gen.Int[1, 2000], Gen.Int[0, 1000], Gen.Int[1, 50], Gen.Int[10, 250]).SampleAsync(
        async (shape, rate, seed, maxOpen, cancelAfterMs) =>
        {
            var told = new Accounts();
            using var cancel = new CancellationTokenSource();
            LoadRun run = LoadRunner.RegisterScenarios(Misbehaving("a").WithLoadSimulations(ShapeOf(shape, rate)),
                Misbehaving("b").WithLoadSimulations(Simulation.Constant(rate, TimeSpan.FromMilliseconds(100))))
                .WithSeed(seed).WithMaxOpen(maxOpen).WithObserver(told)
                .WithPhases([new("one", TimeSpan.Zero), new("two", TimeSpan.FromMilliseconds(50))])
                .WithScenarioCompletionTimeout(TimeSpan.FromMilliseconds(20));

            cancel.CancelAfter(cancelAfterMs);
            LoadResult result = await run.RunAsync(cancel.Token).WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);

            foreach (ScenarioInterval account in result.Scenarios.SelectMany(scenario => scenario.Phases.Append(scenario.Total)))
            {
                Accounts.AssertBalance(account);
                Assert.Equal(account.Ok + account.Refused + account.Unknown, account.Response.TotalCount);
                Assert.Equal(account.Sent, account.Lateness.TotalCount);
                Assert.Equal(account.Refused + account.Unknown, account.Errors.Values.Sum());
            }

            Assert.Equal(result.Scenarios.Sum(scenario => scenario.Total.Due), told.Sum(interval => interval.Due));
            Assert.Equal(result.Scenarios.Sum(scenario => scenario.Total.Ok), told.Sum(interval => interval.Ok));
            Assert.All(told.Intervals.SelectMany(interval => interval.Scenarios), interval => Assert.True(interval.Open >= 0));
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task Tells_intervals_that_follow_each_other_without_gap()
    {
        var told = new Accounts();
        LoadResult result = await LoadRunner.RegisterScenarios(
            Misbehaving("a").WithLoadSimulations(Simulation.Poisson(300, TimeSpan.FromSeconds(2.5))))
            .WithObserver(told).WithScenarioCompletionTimeout(TimeSpan.FromSeconds(1)).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(told.Intervals.Count >= 3);
        Assert.Equal(result.StartTimestamp, told.Intervals[0].StartTimestamp);
        foreach ((LoadInterval before, LoadInterval after) in told.Intervals.Zip(told.Intervals.Skip(1)))
            Assert.InRange(after.Start - (before.Start + before.Length), TimeSpan.FromTicks(-2), TimeSpan.FromTicks(2));
        Assert.Equal(result.Scenarios[0].Total.Due, told.Sum(interval => interval.Due));
    }

    private static LoadSimulation ShapeOf(int shape, int rate)
    {
        TimeSpan during = TimeSpan.FromMilliseconds(150);
        return shape switch
        {
            0 => Simulation.Constant(rate, during),
            1 => Simulation.Poisson(rate, during),
            2 => Simulation.RampingInject(rate, TimeSpan.FromSeconds(1), during),
            _ => Simulation.KeepConstant(1 + rate % 10, during),
        };
    }

    /// <summary>Answers at once, later, never before the end, with a failure, and not at all as agreed.</summary>
    private static ScenarioProps Misbehaving(string name) => Scenario.Create(name, async context =>
    {
        switch (context.Random.Next(6))
        {
            case 0:
                return Response.Ok();
            case 1:
                await Task.Delay(context.Random.Next(30), context.ScenarioCancellationToken);
                return Response.Ok();
            case 2:
                await Task.Yield();
                return Response.Refused("http-409");
            case 3:
                return Response.Unknown("timeout");
            case 4:
                await Task.Yield();
                throw new InvalidOperationException("a defect of the scenario");
            default:
                await Task.Delay(Timeout.Infinite, context.ScenarioCancellationToken);
                return Response.Ok();
        }
    });
}
