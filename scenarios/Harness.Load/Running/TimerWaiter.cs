namespace Harness.Load.Running;

/// <summary>Waits by the timers of a clock, so that a clock of a test decides what time it is.</summary>
internal sealed class TimerWaiter(TimeProvider time) : IWaiter
{
    private readonly object _gate = new();
    private bool _woken;

    public bool WaitUntil(long timestamp, CancellationToken stopToken)
    {
        using CancellationTokenRegistration stopping = stopToken.UnsafeRegister(static waiter => ((TimerWaiter)waiter!).Wake(), this);
        while (!stopToken.IsCancellationRequested)
        {
            long left = timestamp - time.GetTimestamp();
            if (left <= 0)
                return true;
            TimeSpan due = new((long)Math.Ceiling((double)left * TimeSpan.TicksPerSecond / time.TimestampFrequency));
            using ITimer timer = time.CreateTimer(static waiter => ((TimerWaiter)waiter!).Wake(), this, due, Timeout.InfiniteTimeSpan);
            // The clock may have been set forward between reading it and making the timer, which then counts from too late.
            if (time.GetTimestamp() < timestamp && !stopToken.IsCancellationRequested)
                AwaitWaking();
        }

        return false;
    }

    private void AwaitWaking()
    {
        lock (_gate)
        {
            while (!_woken)
                Monitor.Wait(_gate);
            _woken = false;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _woken = true;
            Monitor.Pulse(_gate);
        }
    }
}
