using System.Collections.Concurrent;

namespace Harness.Load.Tests;

/// <summary>Runs on a clock that the test moves: nothing here takes real time but threads handing over to each other.</summary>
public sealed class LoadRunTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new();
    private readonly Accounts _told = new();

    [Fact]
    public async Task Starts_each_iteration_when_it_is_due_and_not_before()
    {
        var seen = new ConcurrentQueue<(long Number, TimeSpan Due)>();
        // An hour between arrivals, so that a real clock slipped in by mistake cannot pass.
        Task<LoadResult> running = RunAsync(Simulation.Constant(1.0 / 3600, 3 * Hour), context =>
        {
            seen.Enqueue((context.InvocationNumber, context.DueAt));
            return Task.FromResult<IResponse>(Response.Ok());
        });

        await Finished.Until(() => seen.Count == 1);
        _time.Advance(Hour - TimeSpan.FromTicks(10));
        await Finished.Until(() => _told.Sum(scenario => scenario.Ok) == 1);
        Assert.Single(seen);
        _time.Advance(TimeSpan.FromTicks(10));
        await Finished.Until(() => seen.Count == 2);
        LoadResult result = await FinishAsync(running, step: TimeSpan.FromMinutes(10));

        Assert.Equal([(1, TimeSpan.Zero), (2, Hour), (3, 2 * Hour)], seen);
        Assert.Equal(3, result.Scenarios[0].Total.Ok);
        Assert.True(result.GeneratorKeptUp, string.Join("; ", result.Generator.Problems));
    }

    [Fact]
    public async Task Keeps_arrivals_due_while_the_target_stalls()
    {
        var stalled = new TaskCompletionSource();
        int started = 0;
        Task<LoadResult> running = RunAsync(Simulation.Constant(10, TimeSpan.FromSeconds(1)), async _ =>
        {
            Interlocked.Increment(ref started);
            await stalled.Task;
            return Response.Ok();
        });

        for (int arrivals = 1; arrivals <= 10; arrivals++)
        {
            await Finished.Until(() => Volatile.Read(ref started) == arrivals);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        stalled.SetResult();
        LoadResult result = await running.WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
        ScenarioInterval total = result.Scenarios[0].Total;

        Assert.Equal(10, total.Ok);
        // Each waited from its own due moment to the end of the stall: 1000, 900, … 100 ms.
        Assert.InRange(total.Response.GetValueAtPercentile(100), 999_000, 1_001_000);
        Assert.InRange(total.Response.GetValueAtPercentile(50), 499_000, 501_000);
        Assert.Equal(0, total.Lateness.GetValueAtPercentile(100));
    }

    [Fact]
    public async Task Counts_the_generators_own_delay_in_the_response_time_and_says_that_it_lagged()
    {
        // The clock jumps: what a generator sees that was stopped for a second.
        Task<LoadResult> running = RunAsync(
            Simulation.Constant(200, TimeSpan.FromSeconds(1)), _ => Task.FromResult<IResponse>(Response.Ok()));

        _time.Advance(TimeSpan.FromSeconds(1));
        LoadResult result = await running.WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
        ScenarioInterval total = result.Scenarios[0].Total;

        Assert.Equal(200, total.Ok);
        Assert.InRange(total.Response.GetValueAtPercentile(95), 940_000, 960_000);
        Assert.InRange(total.Lateness.GetValueAtPercentile(95), 940_000, 960_000);
        // But for the first, which was due at once and may have been at work when the clock jumped.
        Assert.Equal(0, total.Service.GetValueAtPercentile(99));
        Assert.False(result.GeneratorKeptUp);
        Assert.Contains("p99 lateness", Assert.Single(result.Generator.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drops_what_would_open_more_than_allowed_and_says_so()
    {
        var hang = new TaskCompletionSource();
        int started = 0;
        Task<LoadResult> running = Run(Simulation.Constant(10, TimeSpan.FromSeconds(1)), async _ =>
        {
            Interlocked.Increment(ref started);
            await hang.Task;
            return Response.Ok();
        }).WithMaxOpen(3).RunAsync(TestContext.Current.CancellationToken);

        await Finished.Until(() => Volatile.Read(ref started) == 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Finished.Until(() => Volatile.Read(ref started) == 3);
        hang.SetResult();
        LoadResult result = await running.WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
        ScenarioInterval total = result.Scenarios[0].Total;

        Assert.Equal((10, 3, 7), (total.Due, total.Ok, total.Dropped));
        Assert.Contains(result.Generator.Problems, problem => problem.Contains("7 of 10 arrivals were dropped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waits_for_what_is_open_up_to_the_completion_timeout_and_then_counts_it_as_open()
    {
        var started = new TaskCompletionSource();
        Task<LoadResult> running = Run(Simulation.Constant(1, TimeSpan.FromSeconds(1)), async context =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.ScenarioCancellationToken);
            return Response.Ok();
        }).WithScenarioCompletionTimeout(TimeSpan.FromSeconds(60)).RunAsync(TestContext.Current.CancellationToken);

        await started.Task;
        LoadResult result = await FinishAsync(running);
        ScenarioInterval total = result.Scenarios[0].Total;

        Assert.Equal((1, 1, 0, 1), (total.Due, total.Sent, total.Unknown, total.Open));
        Assert.Equal(0, total.Response.TotalCount);
        Assert.InRange(result.Duration, TimeSpan.FromSeconds(61), TimeSpan.FromSeconds(70));
    }

    [Fact]
    public async Task Counts_running_iterations_as_open_when_the_run_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        int started = 0;
        Task<LoadResult> running = Run(Simulation.Constant(1, Hour), async context =>
        {
            Interlocked.Increment(ref started);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.ScenarioCancellationToken);
            return Response.Ok();
        }).RunAsync(cancel.Token);

        await Finished.Until(() => Volatile.Read(ref started) == 1);
        await cancel.CancelAsync();
        LoadResult result = await running.WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
        ScenarioInterval total = result.Scenarios[0].Total;

        Assert.True(result.Cancelled);
        Assert.Equal((1, 0, 0, 1), (total.Due, total.Ok, total.Unknown, total.Open));
    }

    [Fact]
    public async Task Puts_an_arrival_into_the_phase_in_which_it_is_due_even_when_it_ends_in_another()
    {
        var release = new TaskCompletionSource();
        int started = 0;
        Task<LoadResult> running = Run(Simulation.Constant(1, TimeSpan.FromSeconds(4)), async _ =>
        {
            Interlocked.Increment(ref started);
            await release.Task;
            return Response.Ok();
        }).WithPhases([new("baseline", TimeSpan.FromSeconds(1)), new("fault", TimeSpan.FromSeconds(3))])
            .RunAsync(TestContext.Current.CancellationToken);

        await Finished.Until(() => Volatile.Read(ref started) == 1);
        _time.Advance(TimeSpan.FromSeconds(4));
        await Finished.Until(() => Volatile.Read(ref started) == 4);
        release.SetResult();
        LoadResult result = await running.WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);

        Assert.Equal([("", 1), ("baseline", 2), ("fault", 1)], result.Scenarios[0].Phases.Select(phase => (phase.Phase, phase.Ok)));
    }

    [Fact]
    public async Task Lets_a_virtual_user_of_the_closed_model_begin_again_when_it_has_ended()
    {
        Task<LoadResult> running = RunAsync(Simulation.KeepConstant(2, TimeSpan.FromSeconds(10)), async context =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _time, context.ScenarioCancellationToken);
            return Response.Ok();
        });

        LoadResult result = await FinishAsync(running, step: TimeSpan.FromSeconds(0.5));
        ScenarioInterval total = result.Scenarios[0].Total;

        // How many fit depends on when threads see the clock move; that the target's pace decides does not.
        Assert.InRange(total.Ok, 4, 20);
        Assert.InRange(total.Service.GetValueAtPercentile(0), 999_000, 2_001_000);
        Accounts.AssertBalance(total);
    }

    [Fact]
    public async Task Ends_with_the_exception_of_an_observer()
    {
        Task<LoadResult> running = Run(Simulation.Constant(1, Hour), _ => Task.FromResult<IResponse>(Response.Ok()))
            .WithObserver(new Thrower()).RunAsync(TestContext.Current.CancellationToken);

        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => FinishAsync(running));

        Assert.Equal("the disk is full", thrown.Message);
    }

    [Fact]
    public async Task Cleans_every_scenario_that_was_begun_whatever_happens()
    {
        var order = new ConcurrentQueue<string>();
        ScenarioProps Begun(string name, bool fails) => Scenario.Create(name, _ => Task.FromResult<IResponse>(Response.Ok()))
            .WithLoadSimulations(Simulation.Constant(1, Hour))
            .WithInit(_ =>
            {
                order.Enqueue($"init {name}");
                return fails ? Task.FromException(new InvalidOperationException("no such host")) : Task.CompletedTask;
            })
            .WithClean(_ =>
            {
                order.Enqueue($"clean {name}");
                return Task.CompletedTask;
            });

        LoadRun run = LoadRunner.RegisterScenarios(Begun("a", false), Begun("b", true), Begun("c", false)).WithTimeProvider(_time);

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["init a", "init b", "clean b", "clean a"], order);
    }

    [Fact]
    public async Task Refuses_a_run_that_cannot_be_made()
    {
        LoadRun run = LoadRunner.RegisterScenarios();

        LoadConfigurationException refused = await Assert.ThrowsAsync<LoadConfigurationException>(
            () => run.RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["no scenario is registered"], refused.Problems);
    }

    private LoadRun Run(LoadSimulation simulation, Func<IScenarioContext, Task<IResponse>> body) => LoadRunner
        .RegisterScenarios(Scenario.Create("test", body).WithLoadSimulations(simulation))
        .WithTimeProvider(_time).WithObserver(_told);

    private Task<LoadResult> RunAsync(LoadSimulation simulation, Func<IScenarioContext, Task<IResponse>> body) =>
        Run(simulation, body).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Moves the clock on until the run is over.</summary>
    private async Task<LoadResult> FinishAsync(Task<LoadResult> running, TimeSpan? step = null)
    {
        await Finished.Until(() =>
        {
            _time.Advance(step ?? TimeSpan.FromSeconds(1));
            return running.IsCompleted;
        });
        return await running;
    }

    private sealed class Thrower : ILoadObserver
    {
        public void OnInterval(LoadInterval interval) => throw new InvalidOperationException("the disk is full");
    }
}
