using System.Collections.Concurrent;

namespace Harness.Load.Tests;

public sealed class ThinkTimeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Lies_between_two_iterations_and_is_part_of_neither()
    {
        var time = new FakeTimeProvider();
        int started = 0;
        ScenarioProps scenario = Scenario.Create("thinker", _ =>
        {
            Interlocked.Increment(ref started);
            return ValueTask.FromResult<IResponse>(Response.Ok());
        }).WithThinkTime(Hour).WithLoadSimulations(Simulation.KeepConstant(1, 3.5 * Hour));
        Task<LoadResult> running = LoadRunner.RegisterScenarios(scenario).WithTimeProvider(time).RunAsync(TestContext.Current.CancellationToken);

        await Finished.Until(() => Volatile.Read(ref started) == 1);
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        ScenarioInterval total = (await running).Scenarios[0].Total;
        // At 0, 1, 2 and 3 h; a minute's step of the clock may each time be lost between a wait and its timer.
        Assert.InRange(total.Ok, 3, 4);
        Assert.Equal(total.Due, total.Ok);
        Assert.InRange(total.Response.GetValueAtPercentile(100), 0, 600_000_000);
    }

    [Fact]
    public async Task Of_a_warm_up_iterations_have_other_numbers_than_measured_ones()
    {
        var numbers = new ConcurrentQueue<(ScenarioOperation Operation, long Number)>();
        ScenarioProps scenario = Scenario.Create("counted", context =>
        {
            numbers.Enqueue((context.ScenarioInfo.ScenarioOperation, context.InvocationNumber));
            return ValueTask.FromResult<IResponse>(Response.Ok());
        }).WithWarmUpDuration(TimeSpan.FromSeconds(0.1)).WithLoadSimulations(Simulation.Constant(100, TimeSpan.FromSeconds(0.2)));

        await LoadRunner.RegisterScenarios(scenario).RunAsync(TestContext.Current.CancellationToken);

        var measured = numbers.Where(one => one.Operation == ScenarioOperation.Bombing).Select(one => one.Number).ToHashSet();
        var warming = numbers.Where(one => one.Operation == ScenarioOperation.WarmUp).Select(one => one.Number).ToHashSet();
        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), measured.Order());
        Assert.Equal(10, warming.Count);
        Assert.Empty(measured.Intersect(warming));
    }
}
