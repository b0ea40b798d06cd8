namespace Harness.Load.Running;

/// <summary>Counts what has not ended: iterations, and the pacer as long as more may come.</summary>
internal sealed class OpenCount
{
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _open = 1;

    /// <summary>Completes when the pacer has left and every iteration has ended.</summary>
    public Task None => _none.Task;

    public void Enter() => Interlocked.Increment(ref _open);

    public void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _none.TrySetResult();
    }
}
