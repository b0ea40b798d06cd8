namespace Harness.Load.Running;

/// <summary>Finds scenarios that hold their thread without awaiting anything, and moves them off the thread pool before they starve it.</summary>
internal sealed class BlockWatch(IReadOnlyList<ScenarioRun> scenarios)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);
    private const long LimitMs = 250;

    /// <summary>Comes back when it is stopped.</summary>
    public void Run(CancellationToken stopToken)
    {
        ThreadPool.GetMinThreads(out int workersLeast, out int portsLeast);
        // The machine's own clock, whatever clock the run is on: a held thread is held in real time.
        long last = Environment.TickCount64;
        while (!stopToken.WaitHandle.WaitOne(Every))
        {
            long now = Environment.TickCount64;
            // When the watch itself stood still, so did everyone it would accuse.
            if (now - last < LimitMs && Look(now) is var held and > 0)
                ThreadPool.SetMinThreads(workersLeast + held, portsLeast);
            last = now;
        }

        ThreadPool.SetMinThreads(workersLeast, portsLeast);
    }

    /// <returns>How many threads of the pool are held, which it must have others for until they come back.</returns>
    private int Look(long now)
    {
        int held = 0;
        foreach (ScenarioRun scenario in scenarios)
        {
            long longest = scenario.LongestHold(now, out int holders);
            if (longest >= LimitMs && scenario.MoveToOwnThreads(TimeSpan.FromMilliseconds(longest)))
                held += holders;
        }

        return held;
    }
}
