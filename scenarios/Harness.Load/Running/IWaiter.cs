namespace Harness.Load.Running;

/// <summary>Holds a thread until a moment has come. One waiter belongs to one thread.</summary>
internal interface IWaiter
{
    /// <summary>Comes back as soon after the moment as it can; at once when it has passed.</summary>
    /// <returns>False when it was cancelled first.</returns>
    bool WaitUntil(long timestamp, CancellationToken stopToken);
}

internal static class Waiter
{
    /// <summary>For the machine's own clock a precise one; for any other clock, one that is woken by that clock's timers.</summary>
    public static IWaiter For(TimeProvider time) => ReferenceEquals(time, TimeProvider.System) ? new PreciseWaiter(time) : new TimerWaiter(time);
}
