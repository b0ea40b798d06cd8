using Harness.Load.Loops;

namespace Harness.Load.Running;

/// <summary>Finds scenarios that hold their thread without awaiting anything, and moves them off the event loops and the thread pool before they
/// starve them; a loop whose thread is held goes on with another one.</summary>
internal sealed class BlockWatch(IReadOnlyList<ScenarioRun> scenarios, IReadOnlyList<EventLoop> loops)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a thread must be held on a machine that has time for all of its threads.</summary>
    private const long LimitMs = 250;

    /// <summary>How long on any machine.</summary>
    private const long LimitMostMs = 1500;

    /// <summary>How much longer than this watch a thread may have to wait for its turn.</summary>
    private const long Patience = 10;

    private long _ownDelayMs;

    // A thread that waits for its turn looks like one that is held; so the busier the machine, by the watch's own delay, the higher the limit.
    private long Limit => Math.Min(LimitMs + Patience * _ownDelayMs, LimitMostMs);

    /// <summary>Comes back when it is stopped.</summary>
    public void Run(CancellationToken stopToken)
    {
        ThreadPool.GetMinThreads(out int workersLeast, out int portsLeast);
        // The machine's own clock, whatever clock the run is on: a held thread is held in real time.
        long last = Environment.TickCount64;
        while (!stopToken.WaitHandle.WaitOne(Every))
        {
            long now = Environment.TickCount64;
            long delay = now - last - (long)Every.TotalMilliseconds;
            _ownDelayMs = Math.Max(delay, _ownDelayMs * 9 / 10);
            last = now;
            // When the watch itself stood still, so did everyone it would accuse.
            if (delay >= LimitMs)
                continue;
            FreeLoops(now);
            if (Look(now) is var held and > 0)
                ThreadPool.SetMinThreads(workersLeast + held, portsLeast);
        }

        ThreadPool.SetMinThreads(workersLeast, portsLeast);
    }

    private void FreeLoops(long now)
    {
        foreach (EventLoop loop in loops)
        {
            long held = loop.HeldMs(now, out object? owner);
            if (held < Limit)
                continue;
            if (owner is VirtualUser user)
                user.Scenario.MoveToOwnThreads(TimeSpan.FromMilliseconds(held));
            loop.TakeFromItsThread(held);
        }
    }

    /// <returns>How many threads of the pool are held, which it must have others for until they come back.</returns>
    private int Look(long now)
    {
        int held = 0;
        foreach (ScenarioRun scenario in scenarios)
        {
            long longest = scenario.LongestHold(now, out int holders);
            if (longest >= Limit && scenario.MoveToOwnThreads(TimeSpan.FromMilliseconds(longest)))
                held += holders;
        }

        return held;
    }
}
