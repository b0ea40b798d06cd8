using Harness.Load.Loops;

namespace Harness.Load.Running;

/// <summary>Makes a share of the arrivals happen on an event loop, which sleeps until the next one is due and runs it without waking anyone else.</summary>
internal sealed class LoopPacing(Pacer pacer, EventLoop loop, CancellationToken overToken, CancellationToken stopToken) : ILoopSchedule
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long NextTimestamp => _ended.Task.IsCompleted ? long.MaxValue : stopToken.IsCancellationRequested ? 0 : pacer.NextTimestamp;

    /// <summary>Comes back when the whole plan is done, or when it was stopped.</summary>
    public static async Task RunAsync(
        IReadOnlyList<ScenarioRun> scenarios, LoadClock clock, IReadOnlyList<EventLoop> loops, CancellationToken overToken, CancellationToken stopToken)
    {
        LoopPacing[] shares = [.. loops.Select((loop, share) =>
            new LoopPacing(new Pacer(scenarios, clock, share, loops.Count), loop, overToken, stopToken))];
        await Task.WhenAll(shares.Select(share => share.RunAsync()));
    }

    public ILoopWork? TakeDue()
    {
        if (stopToken.IsCancellationRequested)
        {
            if (overToken.IsCancellationRequested)
                pacer.MissWhatWasDue();
            _ended.TrySetResult();
            return null;
        }

        VirtualUser? user = pacer.TakeDue(loop);
        if (pacer.IsDone)
            _ended.TrySetResult();
        return user?.QueueHere();
    }

    private async Task RunAsync()
    {
        loop.Add(this);
        // Not under the loop's gate: the token may fire under another loop's.
        await using (stopToken.UnsafeRegister(static loop => ((EventLoop)loop!).LookAgain(), loop))
            await _ended.Task;
        loop.Remove(this);
    }
}
