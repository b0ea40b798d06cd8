namespace Harness.Target.Admission;

/// <summary>
/// Orders that wait for their sagas to end, and how fast they do. Looked at only while orders come in, and not more than a few times a second, so that
/// an idle service pays nothing for it.
/// </summary>
/// <param name="countPending">Asks the store; may throw.</param>
public sealed class Backlog(AdmissionOptions options, Func<long> countPending, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    // The rate forgets with this time constant: long enough to smooth the batches of the bus, short enough to follow a fault.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(2);

    // Less than one a second is nothing: a dependency is cut, and no prediction can be made.
    private const double CutPerSecond = 1;
    private readonly Lock _gate = new();
    private long _lookedAt;
    private long _pending;
    private long _placed;
    private long _placedAtLook;
    private double _settledPerSecond;
    private int _looking;

    /// <summary>Orders a second whose sagas end, lately.</summary>
    public double SettledPerSecond => Volatile.Read(ref _settledPerSecond);

    /// <summary>Orders that may wait now.</summary>
    public long Limit => SettledPerSecond < CutPerSecond
        ? options.BacklogMax
        : Math.Min(options.BacklogMax, Math.Max(options.BacklogMin, (long)(SettledPerSecond * options.SettleWithin.TotalSeconds)));

    /// <summary>Orders that wait, as far as is known between two looks.</summary>
    public long Waiting
    {
        get
        {
            lock (_gate)
                return _pending + _placed - _placedAtLook;
        }
    }

    /// <summary>A new order was accepted.</summary>
    public void Placed() => Interlocked.Increment(ref _placed);

    /// <summary>Null when one more may come; else after how many seconds it may be worth another try, from 1 to 30.</summary>
    public int? RefusedFor()
    {
        if (Waiting is var waiting && Limit is var limit && waiting < limit)
            return null;
        return (int)Math.Clamp(Math.Ceiling((waiting - limit + 1) / Math.Max(CutPerSecond, SettledPerSecond)), 1, 30);
    }

    /// <summary>Has somebody look, in the background, when it is time.</summary>
    public void LookWhenDue()
    {
        if (time.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < LookEvery || Interlocked.Exchange(ref _looking, 1) == 1)
            return;
        _ = Task.Run(() =>
        {
            try
            {
                Look();
            }
            finally
            {
                Volatile.Write(ref _looking, 0);
            }
        });
    }

    /// <summary>Counts what waits; what was placed since the last look and waits no more has settled.</summary>
    internal void Look()
    {
        // Before the count: an order that is placed in between is then counted as waiting twice, for a moment, and never as settled.
        var placed = Interlocked.Read(ref _placed);
        long pending;
        try
        {
            pending = countPending();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            return; // A store that cannot be asked takes no orders either, and says so itself.
        }

        lock (_gate)
        {
            var now = time.GetTimestamp();
            var seconds = time.GetElapsedTime(_lookedAt, now).TotalSeconds;
            var settled = Math.Max(0, _pending + (placed - _placedAtLook) - pending);
            var weight = _lookedAt == 0 ? 0 : 1 - Math.Exp(-seconds / Memory.TotalSeconds);
            _settledPerSecond += weight * (settled / Math.Max(seconds, 0.001) - _settledPerSecond);
            (_pending, _placedAtLook, _lookedAt) = (pending, placed, now);
        }
    }
}
