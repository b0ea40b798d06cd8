namespace Harness.Load.Running;

/// <summary>Threads of its own for a scenario that holds the thread it runs on. As a synchronization context it also keeps what comes
/// after an <c>await</c> off the thread pool, where it would hold up everyone else.</summary>
internal sealed class BlockingLane(string scenario, int threadsMost) : SynchronizationContext, IDisposable
{
    private readonly Queue<(SendOrPostCallback Work, object? State)> _waiting = [];
    private readonly object _gate = new();
    private int _threads;
    private int _idle;
    private bool _closed;

    /// <summary>Begins the work at once as long as there may be another thread.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _waiting.Enqueue((d, state));
            if (_idle < _waiting.Count && _threads < threadsMost)
                StartThread();
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Lets each thread end when it has nothing left to do.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void StartThread()
    {
        _threads++;
        _idle++;
        var thread = new Thread(Work) { IsBackground = true, Name = $"load {scenario}" };
        thread.Start();
    }

    private void Work()
    {
        SetSynchronizationContext(this);
        while (TryTake(out (SendOrPostCallback Work, object? State) next))
        {
            next.Work(next.State);
            lock (_gate)
                _idle++;
        }
    }

    private bool TryTake(out (SendOrPostCallback Work, object? State) next)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            _idle--;
            bool taken = _waiting.TryDequeue(out next);
            if (!taken)
                _threads--;
            return taken;
        }
    }
}
