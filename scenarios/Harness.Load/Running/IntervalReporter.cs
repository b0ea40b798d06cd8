using Harness.Load.Recording;

namespace Harness.Load.Running;

/// <summary>Once a second takes what was counted, adds it to the ledger and tells of it.</summary>
internal sealed class IntervalReporter(LoadRecorder recorder, LoadLedger ledger, PhaseTable phases, LoadClock clock, Action<LoadInterval> tell)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _from = clock.StartTimestamp;

    /// <summary>Comes back, after a last interval, when it is stopped.</summary>
    public void Run(CancellationToken stopToken)
    {
        IWaiter waiter = Waiter.For(clock.Time);
        for (TimeSpan next = Interval; waiter.WaitUntil(clock.TimestampAt(next), stopToken); next += Interval)
        {
            Report(andClose: false);
            // A clock set forward by an hour makes one interval of it, not 3600 empty ones.
            while (next + Interval <= clock.Now)
                next += Interval;
        }

        Report(andClose: true);
    }

    private void Report(bool andClose)
    {
        long to = clock.Timestamp;
        Tally?[] taken = recorder.Take(andClose);
        var interval = new LoadInterval
        {
            StartTimestamp = _from,
            Start = clock.ElapsedAt(_from),
            Length = clock.Time.GetElapsedTime(_from, to),
            Scenarios = ledger.Enter(taken, phases.At(clock.ElapsedAt(to))),
        };
        _from = to;
        tell(interval);
    }
}
