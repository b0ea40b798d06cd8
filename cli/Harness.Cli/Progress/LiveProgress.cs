using System.Globalization;
using Harness.Load;
using Harness.Records;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Harness.Cli.Progress;

/// <summary>A picture redrawn in place: where the run is, what the last second brought, what happened last.</summary>
internal sealed class LiveProgress : ProgressView
{
    private const int EventsShown = 8;

    private readonly Lock _state = new();
    private readonly Queue<TimelineEvent> _events = new();
    private readonly HashSet<string> _faults = [];
    private readonly CancellationTokenSource _ended = new();
    private IReadOnlyList<ScenarioLine> _lines = [];
    private RunDescription? _description;
    private TimeSpan? _loadStarted;
    private string _phase = "starting";
    private TimeSpan _now;
    private Task? _drawing;

    public override void Started(RunDescription description, string folder)
    {
        _description = description;
        AnsiConsole.MarkupLineInterpolated($"[bold]{description.Experiment}[/] on {description.Environment}, seed {description.Seed}");
        AnsiConsole.MarkupLineInterpolated($"[grey]record in {folder}[/]");
        _drawing = AnsiConsole.Live(new Text("")).AutoClear(true).StartAsync(DrawAsync);
    }

    public override void Happened(TimelineEvent happened)
    {
        lock (_state)
        {
            _now = happened.At;
            _events.Enqueue(happened);
            if (_events.Count > EventsShown)
                _events.Dequeue();
            if (happened.Kind == EventKind.PhaseStarted)
            {
                _phase = happened.Subject ?? "";
                _loadStarted ??= happened.At;
            }

            if (happened is { Kind: EventKind.FaultInjected, Subject: { } injected })
                _faults.Add(injected);
            if (happened is { Kind: EventKind.FaultHealed, Subject: { } healed })
                _faults.Remove(healed);
        }
    }

    public override void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load)
    {
        lock (_state)
        {
            _now = sample.At;
            _lines = ScenarioLine.Of(load);
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

    private Rows Picture()
    {
        lock (_state)
            return new Rows([Header(), Table(), .. _events.Select(Line)]);
    }

    private Markup Header()
    {
        TimeSpan total = _description is null ? TimeSpan.Zero : new TimeSpan(_description.Timeline.Where(p => p.Phase != Phase.Settle).Sum(p => p.Duration.Ticks));
        TimeSpan gone = _loadStarted is { } start ? _now - start : TimeSpan.Zero;
        int width = 30;
        int filled = total > TimeSpan.Zero ? (int)Math.Clamp(gone / total * width, 0, width) : 0;
        string bar = new string('━', filled) + "[grey]" + new string('─', width - filled) + "[/]";
        string faults = _faults.Count == 0 ? "" : $"  [red]{Markup.Escape(string.Join(", ", _faults))}[/]";
        return new Markup(string.Create(
            CultureInfo.InvariantCulture, $"{bar} [bold]{Markup.Escape(_phase)}[/] {gone.TotalSeconds:0} of {total.TotalSeconds:0} s{faults}"));
    }

    private Table Table()
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("scenario");
        foreach (string column in new[] { "due/s", "ok", "refused", "unknown", "dropped", "open", "p50", "p99" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (ScenarioLine line in _lines)
        {
            table.AddRow(
                Markup.Escape(line.Scenario), Count(line.Due), Count(line.Ok), Count(line.Refused), Count(line.Unknown), Count(line.Dropped),
                Count(line.Open), ScenarioLine.Milliseconds(line.P50), ScenarioLine.Milliseconds(line.P99));
        }

        return table;
    }

    private static IRenderable Line(TimelineEvent happened)
    {
        string colour = happened.Kind switch
        {
            EventKind.FaultInjected or EventKind.ProcessExited or EventKind.NotSettled or EventKind.HarnessFailed or EventKind.StopConditionMet => "red",
            EventKind.FaultHealed or EventKind.Settled => "green",
            _ => "grey",
        };
        string text = $"{happened.At.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),6} s  {EventWords.Line(happened)}";
        return new Markup($"[{colour}]{Markup.Escape(text)}[/]").Overflow(Overflow.Ellipsis);
    }

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);
}
