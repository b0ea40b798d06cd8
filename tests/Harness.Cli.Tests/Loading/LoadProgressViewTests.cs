using Harness.Chaos.Loading;
using Harness.Cli.Loading;
using Harness.Load;
using Harness.Records;
using Spectre.Console;

namespace Harness.Cli.Tests.Loading;

public sealed class LoadProgressViewTests
{
    private static readonly LoadPlan Plan = new()
    {
        Name = "load-any",
        Simulation = null,
        Shape = "constant",
        RatePerSecond = 40,
        Users = null,
        During = TimeSpan.FromSeconds(20),
        WarmUp = TimeSpan.Zero,
        Think = TimeSpan.Zero,
        Mix = [new("any", 1)],
        MaxOpen = 10,
    };

    [Fact]
    public async Task Without_a_terminal_says_every_five_seconds_what_was_asked_what_failed_and_what_is_left()
    {
        using var lines = new StringWriter();
        using var view = new PlainLoadProgress(Plan, lines);
        LoadInterval interval = await IntervalAsync();

        for (int second = 1; second <= 11; second++)
            view.Second(new SeriesSample { At = TimeSpan.FromSeconds(second) }, [interval]);

        string[] said = lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, said.Length);
        Assert.Contains("asked 100 (20/s), sent 100, ok 50, dropped 0, open 0, p50 ", said[0], StringComparison.Ordinal);
        Assert.Contains("odd 50, 20 s left", said[0].TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("asked 200", said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_shows_progress_counts_sparklines_and_errors()
    {
        using var view = new LiveLoadProgress(Plan);
        view.Second(new SeriesSample { At = TimeSpan.FromSeconds(1) }, [await IntervalAsync()]);
        using var drawn = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(drawn) });
        console.Profile.Width = 200;

        console.Write(view.Picture());

        string picture = drawn.ToString();
        Assert.Contains("of 20 s", picture, StringComparison.Ordinal);
        Assert.Contains("asked 20 (20/s)   sent 20   ok 10   in flight 0   dropped 0", picture, StringComparison.Ordinal);
        Assert.Matches("p99 [▁▂▃▄▅▆▇█] [0-9.]+ ms", picture);
        Assert.Contains("odd 10", picture, StringComparison.Ordinal);
    }

    /// <summary>A short real run's only interval: 20 arrivals, every other one refused.</summary>
    private static async Task<LoadInterval> IntervalAsync()
    {
        var kept = new Keeper();
        ScenarioProps scenario = Scenario.Create("any", context => ValueTask.FromResult<IResponse>(
                context.InvocationNumber % 2 == 0 ? Response.Ok() : Response.Refused("odd")))
            .WithLoadSimulations(Simulation.Constant(200, TimeSpan.FromSeconds(0.1)));
        await LoadRunner.RegisterScenarios(scenario).WithObserver(kept).RunAsync(TestContext.Current.CancellationToken);
        return kept.Last(interval => interval.Scenarios.Sum(one => one.Due) == 20);
    }

    private sealed class Keeper : List<LoadInterval>, ILoadObserver
    {
        public void OnInterval(LoadInterval interval) => Add(interval);
    }
}
