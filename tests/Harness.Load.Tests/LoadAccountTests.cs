using System.Collections.Concurrent;
using CsCheck;

namespace Harness.Load.Tests;

/// <summary>Every arrival ends in exactly one place, whatever the load, the target and the moment of cancellation.</summary>
public sealed class LoadAccountTests
{
    private const int Shapes = 13;

    [Fact]
    public async Task Leaves_no_arrival_out_and_counts_none_twice() => await Gen.Select(
        Gen.Int[0, Shapes - 1], Gen.Int[1, 2000], Gen.Int[0, 1000], Gen.Int[1, 50], Gen.Int[10, 250], Gen.Int[0, 2]).SampleAsync(
        async (shape, rate, seed, maxOpen, cancelAfterMs, loops) =>
        {
            var told = new Accounts();
            using var cancel = new CancellationTokenSource();
            LoadRun run = LoadRunner.RegisterScenarios(Misbehaving("a").WithLoadSimulations(ShapeOf(shape, rate)),
                Misbehaving("b").WithLoadSimulations(Simulation.Constant(rate, TimeSpan.FromMilliseconds(100))))
                .WithSeed(seed).WithMaxOpen(maxOpen).WithEventLoops(loops).WithObserver(told)
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
        iter: 60,
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

    [Fact]
    public async Task Makes_every_arrival_that_a_plan_has_with_its_own_number_however_many_loops_share_it()
    {
        for (int shape = 0; shape < Shapes; shape++)
        {
            foreach (int loops in (int[])[0, 1, 2])
            {
                var numbers = new ConcurrentBag<long>();
                ScenarioProps scenario = Scenario.Create("all", async context =>
                {
                    numbers.Add(context.InvocationNumber);
                    await Task.Delay(1, context.ScenarioCancellationToken);
                    return Response.Ok();
                }).WithLoadSimulations(ShapeOf(shape, 500));
                int planned = new ScenarioPlan(scenario, 7).Arrivals().Count(arrival => arrival.Copy is null);

                LoadResult result = await LoadRunner.RegisterScenarios(scenario).WithSeed(7).WithEventLoops(loops)
                    .RunAsync(TestContext.Current.CancellationToken).WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
                ScenarioInterval total = result.Scenarios[0].Total;

                Assert.True(planned == 0 || planned == total.Due, $"shape {shape} on {loops} loops: {planned} planned, {total.Due} due");
                Assert.Equal((total.Due, 0, 0), (total.Ok, total.Dropped, total.Open));
                Assert.Equal(Enumerable.Range(1, (int)total.Due).Select(number => (long)number), numbers.Order());
            }
        }
    }

    private static LoadSimulation ShapeOf(int shape, int rate)
    {
        TimeSpan during = TimeSpan.FromMilliseconds(150);
        TimeSpan third = during / 3;
        return shape switch
        {
            0 => Simulation.Constant(rate, during),
            1 => Simulation.Poisson(rate, during),
            2 => Simulation.RampingInject(rate, TimeSpan.FromSeconds(1), during),
            3 => Simulation.KeepConstant(1 + rate % 10, during),
            4 => Simulation.RampingConstant(1 + rate % 10, during),
            5 => Simulation.Steps(rate, 2.0 * rate, 3, during),
            6 => Simulation.Spike(rate, 3.0 * rate, third, third, during),
            7 => Simulation.Sine(rate, rate / 2.0, third, during),
            8 => Simulation.InjectRandom(0, 20, third / 2, during),
            9 => Simulation.Replay(Enumerable.Range(0, 40).Select(number => during * (number * number / 1600.0))),
            10 => Simulation.IterationsForInject(1 + rate % 10, TimeSpan.FromMilliseconds(10), 30),
            11 => Simulation.IterationsForConstant(1 + rate % 10, 100),
            _ => Simulation.Inject(1 + rate % 10, TimeSpan.FromMilliseconds(10), during),
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
