namespace Harness.Load.Running;

/// <summary>Makes arrivals happen from a thread that does nothing else, and leaves the scenarios' code to the thread pool.</summary>
internal static class PacerThread
{
    /// <summary>Comes back when the whole plan is done, or when it was stopped.</summary>
    /// <param name="pacer">Of the whole plan.</param>
    /// <param name="waiter">Of the run's clock.</param>
    /// <param name="overToken">The run is over: what had come due counts as open.</param>
    /// <param name="stopToken">Nothing more is due; fires with <paramref name="overToken"/> too.</param>
    public static void Run(Pacer pacer, IWaiter waiter, CancellationToken overToken, CancellationToken stopToken)
    {
        while (!pacer.IsDone)
        {
            if (waiter.WaitUntil(pacer.NextTimestamp, stopToken))
                pacer.TakeDue(loop: null)?.Queue();
            else
                break;
        }

        if (overToken.IsCancellationRequested)
            pacer.MissWhatWasDue();
    }
}
