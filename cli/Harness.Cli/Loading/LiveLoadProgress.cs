using System.Globalization;
using Harness.Chaos.Loading;
using Harness.Cli.Progress;
using Harness.Load;
using Harness.Records;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Harness.Cli.Loading;

/// <summary>A picture redrawn in place: how far the load is, what was asked and sent, how response times went, what failed.</summary>
internal sealed class LiveLoadProgress(LoadPlan plan) : LoadProgressView(plan)
{
    private const int BarWidth = 30;
    private const int ErrorsShown = 6;

    private readonly Lock _state = new();
    private readonly CancellationTokenSource _ended = new();
    private string _now = "starting";
    private Task? _drawing;

    public override void Started(RunDescription description, string folder)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{description.Experiment}[/], seed {description.Seed}");
        AnsiConsole.MarkupLineInterpolated($"[grey]record in {folder}[/]");
        _drawing = AnsiConsole.Live(new Text("")).AutoClear(true).StartAsync(DrawAsync);
    }

    public override void Happened(TimelineEvent happened)
    {
        lock (_state)
            _now = EventWords.Line(happened);
    }

    public override void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load)
    {
        lock (_state)
        {
            foreach (LoadInterval interval in load)
                Totals.Add(interval);
        }
    }

    public override void Ended()
    {
        if (_ended.IsCancellationRequested)
            return;
        _ended.Cancel();
        _drawing?.GetAwaiter().GetResult();
    }

    public override void Dispose()
    {
        base.Dispose();
        _ended.Dispose();
    }

    /// <summary>What is shown now.</summary>
    internal IRenderable Picture()
    {
        lock (_state)
            return new Rows([Bar(), Counts(), Line("p50", Totals.P50), Line("p99", Totals.P99), .. Errors(), new Text(_now).Overflow(Overflow.Ellipsis)]);
    }

    private async Task DrawAsync(LiveDisplayContext context)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
                context.UpdateTarget(Picture());
        }
        catch (OperationCanceledException)
        {
            // Ended() was called; the picture is cleared on return.
        }
    }

    private Markup Bar()
    {
        int filled = (int)Math.Clamp(Totals.Elapsed / Plan.During * BarWidth, 0, BarWidth);
        TimeSpan left = Plan.During > Totals.Elapsed ? Plan.During - Totals.Elapsed : TimeSpan.Zero;
        return new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $"{new string('━', filled)}[grey]{new string('─', BarWidth - filled)}[/] {Totals.Elapsed.TotalSeconds:0} of {Plan.During.TotalSeconds:0} s, {left.TotalSeconds:0} s left"));
    }

    private Markup Counts() => new(string.Create(
        CultureInfo.InvariantCulture,
        $"asked [bold]{Totals.Asked}[/] ({Totals.LastAsked}/s)   sent [bold]{Totals.Sent}[/]   ok {Totals.Ok}   in flight {Totals.Open}   dropped {Totals.Dropped}"));

    private static Markup Line(string name, IReadOnlyList<double> seconds) => new(string.Create(
        CultureInfo.InvariantCulture, $"{name} [blue]{Sparkline.Of(seconds)}[/] {(seconds.Count > 0 ? seconds[^1] : 0):0.##} ms"));

    private IEnumerable<Markup> Errors() => Totals.Errors.Take(ErrorsShown).Select(error => new Markup(
        string.Create(CultureInfo.InvariantCulture, $"[red]{Markup.Escape(error.Key)}[/] {error.Value}")));
}
