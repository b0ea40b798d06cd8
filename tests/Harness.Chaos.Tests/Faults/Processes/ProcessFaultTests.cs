using Harness.Chaos.Environments.Processes;
using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Processes;

namespace Harness.Chaos.Tests.Faults.Processes;

/// <summary>Each fault of processes bites on real ones, leaves evidence, and is gone afterwards.</summary>
public sealed class ProcessFaultTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pause_makes_every_process_of_a_part_stand_still()
    {
        await using TickingEnvironment environment = await TickingEnvironment.StartAsync();
        IReadOnlyList<int> processes = environment.Parts[0].Processes;
        IInjection injection = new PauseFault { Parts = [TickingEnvironment.PartName] }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        // What was already in the pipe is still written down.
        await Task.Delay(Moment, Token);
        int ticks = await environment.TicksInAsync(Moment);
        Assert.Contains('T', processes.Select(ProcessTree.StateOf));
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.Equal(0, ticks);
        Assert.InRange(evidence!["processes stopped"], 2, 10);
        await environment.TickAsync(Token);
        Assert.Equal(processes[0], environment.Parts[0].Processes[0]);
    }

    [Fact]
    public async Task Kill_ends_every_process_of_a_part_and_healing_starts_it_again()
    {
        await using TickingEnvironment environment = await TickingEnvironment.StartAsync();
        IReadOnlyList<int> before = environment.Parts[0].Processes;
        IInjection injection = new KillFault { Parts = [TickingEnvironment.PartName] }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        Assert.Empty(environment.Parts[0].Processes);
        Assert.All(before, id => Assert.Contains(ProcessTree.StateOf(id), new char?[] { null, 'Z' }));
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.InRange(evidence!["processes killed"], 2, 10);
        await environment.TickAsync(Token);
        Assert.DoesNotContain(environment.Parts[0].Processes[0], before);
    }

    [Fact]
    public async Task Restart_asks_a_part_to_end_and_starts_it_again_after_a_while()
    {
        await using TickingEnvironment environment = await TickingEnvironment.StartAsync();
        int before = environment.Parts[0].Processes[0];
        IInjection injection = new RestartFault { Parts = [TickingEnvironment.PartName], Down = Moment }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        while (environment.Parts[0].Processes.Count > 0)
            await Task.Delay(5, Token);
        while (environment.Parts[0].Processes.Count == 0)
            await Task.Delay(5, Token);
        await environment.TickAsync(Token);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.InRange(evidence!["processes ended"], 2, 10);
        Assert.NotEqual(before, environment.Parts[0].Processes[0]);
    }

    [Fact]
    public async Task Restart_that_is_cut_short_leaves_the_part_running()
    {
        await using TickingEnvironment environment = await TickingEnvironment.StartAsync();
        IInjection injection = new RestartFault { Parts = [TickingEnvironment.PartName], Down = TimeSpan.FromMinutes(5) }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        while (environment.Parts[0].Processes.Count > 0)
            await Task.Delay(5, Token);
        await injection.HealAsync(Token);

        await environment.TickAsync(Token);
    }

    [Fact]
    public async Task Cpu_pressure_leaves_a_part_a_share_of_the_time()
    {
        await using TickingEnvironment environment = await TickingEnvironment.StartAsync();
        IInjection injection = new CpuPressureFault { Parts = [TickingEnvironment.PartName], Share = 0.1 }.Prepare(environment, TimeProvider.System);
        TimeSpan second = TimeSpan.FromSeconds(1.5);

        int free = await environment.TicksInAsync(second);
        await injection.InjectAsync(Token);
        int pressed = await environment.TicksInAsync(second);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.True(pressed < 0.7 * free, $"{pressed} of {free}");
        Assert.InRange(evidence!["times stopped"], 4, 1000);
        await environment.TickAsync(Token);
    }
}
