using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Chaos.Faults;

namespace Harness.Chaos.Control;

/// <summary>Faults by hand: each is put in place at once and taken away when its time is over, when somebody asks, or when the system goes down.</summary>
public sealed class FaultDesk : IAsyncDisposable
{
    // What is over is kept to be looked at, but not for ever.
    private const int EndedMax = 200;
    private readonly IRunningEnvironment _environment;
    private readonly IEnvironmentKind _kind;
    private readonly IReadOnlyDictionary<string, string> _switches;
    private readonly RunJournal _journal;
    private readonly Lock _writing = new();
    private readonly List<Entry> _entries = [];
    private readonly CancellationTokenSource _closing = new();
    private bool _isClosed;
    private int _numbered;

    internal FaultDesk(IRunningEnvironment environment, IEnvironmentKind kind, IReadOnlyDictionary<string, string> switches, RunJournal journal) =>
        (_environment, _kind, _switches, _journal) = (environment, kind, switches, journal);

    /// <summary>Told when anything of <see cref="All"/> has changed.</summary>
    public event Action? Changed;

    /// <summary>Every fault there is and, of those that are over, the last 200; in the order they were asked for.</summary>
    public IReadOnlyList<HeldFault> All
    {
        get
        {
            TimeSpan now = _journal.Clock.Now;
            lock (_writing)
                return [.. _entries.Select(entry => entry.At(now))];
        }
    }

    /// <summary>Injects a fault, and waits until it is in place or cannot be.</summary>
    /// <returns>The fault; or null and everything that is wrong with what was asked for, and then nothing was done.</returns>
    public async Task<(HeldFault? Fault, IReadOnlyList<string> Problems)> InjectAsync(JsonObject body)
    {
        (Fault? read, IReadOnlyList<string> problems) = FaultForm.Read(body, _kind, _switches);
        if (read is null)
            return (null, problems);
        Entry entry;
        lock (_writing)
        {
            if (_isClosed)
                return (null, ["the system is going down"]);
            problems = Rivals(read);
            if (problems.Count > 0)
                return (null, problems);
            Fault fault = read with { Name = $"{read.Kind}-{++_numbered}" };
            entry = new Entry(fault, _journal.Clock.Now, CancellationTokenSource.CreateLinkedTokenSource(_closing.Token));
            _entries.Add(entry);
            while (_entries.Count(one => !one.State.IsLive) > EndedMax)
                _entries.Remove(_entries.First(one => !one.State.IsLive));
            // Here, so that whoever finds it in the list can wait for its end.
            entry.Running = Task.Run(() => HoldAsync(entry));
        }

        Changed?.Invoke();
        await Task.WhenAny(entry.InPlace.Task, entry.Running);
        return (entry.At(_journal.Clock.Now), []);
    }

    /// <summary>Heals a fault now, and waits for that; one that is over stays as it is.</summary>
    /// <returns>The fault afterwards; null when there is none of that id.</returns>
    public async Task<HeldFault?> HealAsync(string id)
    {
        Entry? entry;
        lock (_writing)
            entry = _entries.Find(one => one.State.Id == id);
        if (entry is null)
            return null;
        await entry.EndAsync();
        return entry.At(_journal.Clock.Now);
    }

    /// <summary>Heals everything that is in place.</summary>
    /// <returns>What was.</returns>
    public async Task<IReadOnlyList<HeldFault>> HealAllAsync()
    {
        Entry[] live;
        lock (_writing)
            live = [.. _entries.Where(entry => entry.State.IsLive)];
        await Task.WhenAll(live.Select(entry => entry.EndAsync()));
        TimeSpan now = _journal.Clock.Now;
        return [.. live.Select(entry => entry.At(now))];
    }

    /// <summary>Heals everything; nothing can be injected any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_writing)
        {
            if (_isClosed)
                return;
            _isClosed = true;
        }

        await _closing.CancelAsync();
        await HealAllAsync();
        _closing.Dispose();
    }

    /// <summary>Those in place that it would undo, or that would undo it.</summary>
    private List<string> Rivals(Fault asked)
    {
        TimeSpan now = _journal.Clock.Now;
        return
        [
            .. _entries.Where(entry => entry.State.IsLive && asked.Holds is not null && entry.Fault.Holds == asked.Holds)
                .SelectMany(entry => entry.Fault.Parts.Intersect(asked.Parts), (entry, part) => string.Create(
                    CultureInfo.InvariantCulture,
                    $"parts: {part} is under {entry.State.Id} for another {Math.Ceiling(entry.At(now).SecondsLeft)} s, and only one fault at a time can have its {asked.Holds}; heal that first")),
        ];
    }

    private async Task HoldAsync(Entry entry)
    {
        var schedule = new FaultSchedule(_environment, _journal);
        try
        {
            await schedule.RunAsync(
                entry.Fault,
                _journal.Clock.Now,
                entry.Ending.Token,
                () =>
                {
                    Move(entry, state => state with { Stage = FaultStage.InPlace });
                    entry.InPlace.TrySetResult();
                },
                () => Move(entry, state => state with { Stage = FaultStage.Healing }),
                evidence => Move(entry, state => state with { Stage = FaultStage.Healed, Evidence = evidence }));
        }
        catch (OperationCanceledException) when (entry.Ending.IsCancellationRequested)
        {
            // Healed early; that it was is noted already, unless it had not been put in place at all.
            Move(entry, state => state.Stage == FaultStage.Injecting ? state with { Stage = FaultStage.NotInjected, Problem = "it was healed before it was in place" } : state);
        }
        catch (HealingException error)
        {
            Move(entry, state => state with { Stage = FaultStage.NotHealed, Problem = error.Message });
            _journal.Write(Records.EventKind.HarnessFailed, entry.Fault.Name, error.Message);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Move(entry, state => state with { Stage = FaultStage.NotInjected, Problem = error.Message });
            _journal.Write(Records.EventKind.Note, entry.Fault.Name, $"could not be injected, and nothing of it is left: {error.Message}");
        }
    }

    private void Move(Entry entry, Func<HeldFault, HeldFault> change)
    {
        lock (_writing)
            entry.State = change(entry.State);
        Changed?.Invoke();
    }

    private sealed class Entry
    {
        private readonly TimeSpan _until;

        public Entry(Fault fault, TimeSpan now, CancellationTokenSource ending)
        {
            (Fault, Ending, _until) = (fault, ending, now + fault.For);
            State = new HeldFault
            {
                Id = fault.Name,
                Fault = fault.Kind,
                Described = fault.Described,
                Stage = FaultStage.Injecting,
                Edges = [.. fault.Edges.Select(edge => edge.ToString())],
                Parts = fault.Parts,
                AskedAt = now.TotalSeconds,
            };
        }

        public Fault Fault { get; }

        public CancellationTokenSource Ending { get; }

        public Task Running { get; set; } = Task.CompletedTask;

        public TaskCompletionSource InPlace { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldFault State { get; set; }

        public HeldFault At(TimeSpan now) => State with { SecondsLeft = State.IsLive ? Math.Max(0, (_until - now).TotalSeconds) : 0 };

        public async Task EndAsync()
        {
            await Ending.CancelAsync();
            await Running;
        }
    }
}
