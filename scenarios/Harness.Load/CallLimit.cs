using System.Collections.Concurrent;

namespace Harness.Load;

/// <summary>Ends a call when its time is over or its run is. Used again and again, since making one, with its timer, costs more than all
/// the rest that the engine does for a call.</summary>
internal sealed class CallLimit : IDisposable
{
    private static readonly ConcurrentBag<CallLimit> Idle = [];

    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _runEnd;

    private CallLimit() { }

    public CancellationToken Token => _source.Token;

    public static CallLimit Begin(TimeSpan timeout, CancellationToken runToken)
    {
        CallLimit limit = Idle.TryTake(out CallLimit? idle) ? idle : new CallLimit();
        limit._runEnd = runToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit._source);
        limit._source.CancelAfter(timeout);
        return limit;
    }

    public void Dispose()
    {
        // Waits for a cancelling that is under way, which would otherwise hit the next call.
        _runEnd.Dispose();
        if (_source.TryReset())
            Idle.Add(this);
        else
            _source.Dispose();
    }
}
