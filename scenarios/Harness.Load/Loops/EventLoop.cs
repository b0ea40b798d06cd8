using System.Diagnostics;

namespace Harness.Load.Loops;

/// <summary>A thread that sleeps in the kernel until a socket has something or something is due, and runs what comes of it right there.</summary>
/// <remarks>Whatever belongs to a loop is touched under its <see cref="Gate"/> only, which its thread leaves to run a scenario's code. So any
/// thread may use a loop; and when a scenario's code holds the thread, another one can take its place in the middle of a batch:
/// see <see cref="TakeFromItsThread"/>.</remarks>
internal sealed class EventLoop
{
    /// <summary>Due work that may run before sockets are looked at again: a loop that lags must still hear its answers.</summary>
    private const int DueInTurnMost = 64;

    private const long SweepEveryMs = 20;
    private const long NanosecondsPerMs = 1_000_000;

    /// <summary>Read buffer of all connections of the loop.</summary>
    private const int ReceiveBytes = 64 * 1024;

    [ThreadStatic]
    private static Seat? t_seat;

    private readonly Queue<ILoopWork> _posted = [];
    private readonly List<ILoopCall> _calls = [];
    private readonly List<ILoopSchedule> _schedules = [];
    private volatile Seat? _seat;
    private volatile ILoopWork? _running;
    private long _runningSinceMs;
    private long _sweptMs;
    private int _dueLeft;
    private int _postedLeft;
    private bool _dueWasLast;
    private bool _asleep;

    public EventLoop(int number)
    {
        Number = number;
        Seat();
    }

    /// <summary>The loop whose thread this is; null on any other thread, and on one that has lost its loop.</summary>
    public static EventLoop? Current => t_seat is { } seat && seat.Loop._seat == seat ? seat.Loop : null;

    /// <summary>Its place in <see cref="EventLoops.All"/>.</summary>
    public int Number { get; }

    public Lock Gate { get; } = new();

    /// <summary>Under the gate.</summary>
    public EpollSet Descriptors { get; } = new();

    /// <summary>Under the gate: what is received is read at once and never kept here.</summary>
    public byte[] ReceiveBuffer { get; } = GC.AllocateUninitializedArray<byte>(ReceiveBytes, pinned: true);

    /// <summary>On whose behalf the loop's thread runs something now.</summary>
    public object? Owner => _running?.Owner;

    /// <summary>Under the gate: calls that are under way.</summary>
    public IReadOnlyList<ILoopCall> Calls => _calls;

    /// <summary>For how long the loop's thread has been running one thing, in ms; 0 when it does not.</summary>
    /// <param name="nowMs">As <see cref="Environment.TickCount64"/> has it.</param>
    /// <param name="owner">On whose behalf.</param>
    public long HeldMs(long nowMs, out object? owner)
    {
        owner = Owner;
        return Volatile.Read(ref _runningSinceMs) is var since and > 0 ? nowMs - since : 0;
    }

    /// <summary>Gives the loop to a new thread, when its present one still runs the same thing since then. That one goes away when it is done.</summary>
    public void TakeFromItsThread(long heldMs)
    {
        lock (Gate)
        {
            if (Volatile.Read(ref _runningSinceMs) is var since and > 0 && Environment.TickCount64 - since >= heldMs)
                Seat();
        }
    }

    /// <summary>Runs it on this loop, soon. From any thread.</summary>
    public void Post(ILoopWork work)
    {
        lock (Gate)
            PostInside(work);
    }

    /// <summary>The same, under the gate.</summary>
    public void PostInside(ILoopWork work)
    {
        _posted.Enqueue(work);
        WakeInside();
    }

    public void Add(ILoopSchedule schedule)
    {
        lock (Gate)
        {
            _schedules.Add(schedule);
            WakeInside();
        }
    }

    public void Remove(ILoopSchedule schedule)
    {
        lock (Gate)
            _schedules.Remove(schedule);
    }

    /// <summary>Looks at schedules anew, since one of them changed. From any thread, whatever it holds.</summary>
    public void LookAgain() => Descriptors.Wake();

    /// <summary>Under the gate.</summary>
    public void CallBegan(ILoopCall call)
    {
        call.Place = _calls.Count;
        _calls.Add(call);
        // The first call begins the sweeping, for which the loop must not sleep too long.
        if (_calls.Count == 1)
        {
            _sweptMs = Environment.TickCount64;
            WakeInside();
        }
    }

    /// <summary>Under the gate.</summary>
    public void CallEnded(ILoopCall call)
    {
        ILoopCall last = _calls[^1];
        _calls[call.Place] = last;
        last.Place = call.Place;
        _calls.RemoveAt(_calls.Count - 1);
    }

    private void WakeInside()
    {
        if (!_asleep)
            return;
        _asleep = false;
        Descriptors.Wake();
    }

    private void Seat()
    {
        var seat = new Seat(this);
        _seat = seat;
        _running = null;
        Volatile.Write(ref _runningSinceMs, 0);
        var thread = new Thread(() => Run(seat)) { IsBackground = true, Name = $"load loop {Number}" };
        thread.Start();
    }

    private void Run(Seat seat)
    {
        t_seat = seat;
        // The kernel may otherwise make every wait 50 µs late to wake less often.
        _ = Libc.ProcessControl(Libc.SetTimerSlack, 1, 0, 0, 0);
        Gate.Enter();
        while (_seat == seat)
        {
            if (NextWork() is not { } work)
            {
                BeginRound();
                continue;
            }

            _running = work;
            Volatile.Write(ref _runningSinceMs, Environment.TickCount64);
            Gate.Exit();
            work.Execute();
            Gate.Enter();
            if (_seat == seat)
                Volatile.Write(ref _runningSinceMs, 0);
        }

        Gate.Exit();
    }

    /// <summary>What is due goes first, in turn with what sockets brought, so that neither waits for all of the other.</summary>
    private ILoopWork? NextWork()
    {
        if (!_dueWasLast && TakeDue() is { } due)
        {
            _dueWasLast = true;
            return due;
        }

        _dueWasLast = false;
        while (Descriptors.TryNext(out ILoopDescriptor? target, out uint events))
        {
            if (target?.OnEvents(events) is { } work)
                return work;
        }

        if (_postedLeft > 0)
        {
            _postedLeft--;
            return _posted.Dequeue();
        }

        return TakeDue();
    }

    private ILoopWork? TakeDue()
    {
        if (_schedules.Count == 0 || _dueLeft == 0)
            return null;
        long now = Stopwatch.GetTimestamp();
        foreach (ILoopSchedule schedule in _schedules)
        {
            if (schedule.NextTimestamp <= now && schedule.TakeDue() is { } work)
            {
                _dueLeft--;
                return work;
            }
        }

        return null;
    }

    /// <summary>Looks at the sockets, sleeping until there is something to do.</summary>
    private void BeginRound()
    {
        // After all that sockets had: an answer that came in time must not be given up because nobody looked.
        Sweep();
        long longest = LongestSleep();
        _asleep = longest != 0;
        Gate.Exit();
        Descriptors.Wait(longest);
        Gate.Enter();
        _asleep = false;
        _dueLeft = DueInTurnMost;
        _postedLeft = _posted.Count;
    }

    /// <returns>In ns; negative for ever.</returns>
    private long LongestSleep()
    {
        if (_posted.Count > 0)
            return 0;
        long next = long.MaxValue;
        foreach (ILoopSchedule schedule in _schedules)
            next = Math.Min(next, schedule.NextTimestamp);
        // Timestamps are nanoseconds on Linux.
        long sleep = next == long.MaxValue ? long.MaxValue : Math.Max(0, next - Stopwatch.GetTimestamp());
        if (_calls.Count > 0)
            sleep = Math.Min(sleep, Math.Max(1, _sweptMs + SweepEveryMs - Environment.TickCount64) * NanosecondsPerMs);
        return sleep == long.MaxValue ? -1 : sleep;
    }

    private void Sweep()
    {
        long now = Environment.TickCount64;
        if (_calls.Count == 0 || now - _sweptMs < SweepEveryMs)
            return;
        _sweptMs = now;
        // From the back, because a call that ends leaves its place to the last one.
        for (int i = _calls.Count - 1; i >= 0; i--)
        {
            ILoopCall call = _calls[i];
            if (call.EndIfDue(now))
                _posted.Enqueue(call);
        }
    }
}

/// <summary>A thread's right to run a loop, which it loses to another thread when something holds it.</summary>
/// <remarks>No record: two seats of one loop are never the same.</remarks>
internal sealed class Seat(EventLoop loop)
{
    public EventLoop Loop => loop;
}
