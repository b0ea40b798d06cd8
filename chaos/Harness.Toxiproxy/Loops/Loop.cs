using System.Collections.Concurrent;

namespace Harness.Toxiproxy.Loops;

/// <summary>One thread's worth of events: whatever belongs to a loop is only ever touched on it, so nothing in the data plane locks.</summary>
/// <remarks>Nothing that runs on a loop may block. That is what lets the control plane wait for a loop without ever waiting for a peer.</remarks>
internal abstract class Loop
{
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Queue<Action> _deferred = new();
    private readonly TimerHeap _timers = new();
    private int _wakePending;

    /// <summary>A monotonic clock; its zero is arbitrary.</summary>
    public abstract TimeSpan Now { get; }

    /// <summary>A place to read into, shared by everything on the loop: its content lives until the next read.</summary>
    public byte[] Scratch { get; } = GC.AllocateUninitializedArray<byte>(ScratchSize, pinned: true);

    /// <summary>Bytes read at once where no toxic makes chunks of them.</summary>
    public const int ScratchSize = 128 * 1024;

    /// <summary>Runs <paramref name="action"/> on the loop, soon; from any thread, in the order posted.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        if (Interlocked.Exchange(ref _wakePending, 1) == 0)
            Wake();
    }

    /// <summary>Runs <paramref name="action"/> on the loop and completes when it has run.</summary>
    public Task InvokeAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    /// <summary>Runs <paramref name="action"/> in the loop's next round; only from the loop itself. Keeps a busy link from starving the others.</summary>
    public void Defer(Action action) => _deferred.Enqueue(action);

    /// <summary>Arms a timer, or moves it; only from the loop itself.</summary>
    public void Schedule(LoopTimer timer, TimeSpan due) => _timers.Set(timer, due);

    /// <summary>Disarms a timer; no harm if it is not armed.</summary>
    public void Cancel(LoopTimer timer) => _timers.Remove(timer);

    /// <summary>When the next timer is due; null when none is armed.</summary>
    protected TimeSpan? NextDue => _timers.NextDue;

    /// <summary>True when there is something to run before waiting.</summary>
    protected bool HasWork => _deferred.Count > 0 || !_posted.IsEmpty;

    /// <summary>One round of everything that is due now.</summary>
    protected void RunDue()
    {
        Volatile.Write(ref _wakePending, 0);
        for (int left = _posted.Count; left > 0 && _posted.TryDequeue(out Action? posted); left--)
            posted();
        for (int left = _deferred.Count; left > 0; left--)
            _deferred.Dequeue()();
        FireDue();
    }

    /// <summary>Fires the timers that are due. Cheap when none is, so it may be asked in the middle of a long round.</summary>
    protected void FireDue()
    {
        if (_timers.NextDue is null)
            return;
        TimeSpan now = Now;
        while (_timers.NextDue is { } due && due <= now)
            _timers.Pop().Fire();
    }

    /// <summary>Ends the loop's wait; from any thread.</summary>
    protected abstract void Wake();
}
