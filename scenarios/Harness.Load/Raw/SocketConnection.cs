using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Harness.Load.Raw;

/// <summary>A connection over .NET's own sockets, and the one call at a time that runs on it: for systems without event loops of ours.</summary>
internal sealed class SocketConnection : IValueTaskSource<IResponse>, IDisposable
{
    private const int ReceiveBytes = 16 * 1024;

    // Values of _deadline beside a moment; the one who changes it from a moment decides what became of the call.
    private const long NoCall = 0;
    private const long TimedOut = -1;
    private const long RunOver = -2;

    private readonly SocketLane _lane;
    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _receiving = new();
    private readonly AnswerReader _reader = new();
    private ManualResetValueTaskSourceCore<IResponse> _call;
    private readonly RawAnswers _answers = new();
    private CancellationToken _runToken;
    private TimeSpan _timeout;
    private long _deadline;
    private bool _reusable;

    public SocketConnection(Socket socket, SocketLane lane)
    {
        _socket = socket;
        _lane = lane;
        _receiving.SetBuffer(new byte[ReceiveBytes], 0, ReceiveBytes);
        _receiving.Completed += (_, _) =>
        {
            if (TakeReceived())
                Receive();
        };
    }

    public ValueTask<IResponse> SendAsync(RawRequest request, TimeSpan timeout, CancellationToken runToken)
    {
        _call.Reset();
        _reader.Begin(request.IsHead, kept: null);
        _runToken = runToken;
        _timeout = timeout;
        Volatile.Write(ref _deadline, timeout < TimeSpan.Zero ? long.MaxValue : Environment.TickCount64 + Math.Max(1, (long)timeout.TotalMilliseconds));
        var answer = new ValueTask<IResponse>(this, _call.Version);
        try
        {
            _socket.Send(request.Bytes);
            Receive();
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // Part of it may have gone out, so nobody knows.
            EndWith(failure);
        }

        return answer;
    }

    /// <summary>Called now and then: ends a call whose time is up, or whose run is over.</summary>
    public void BreakOffIfDue(long nowMs)
    {
        long deadline = Volatile.Read(ref _deadline);
        if (deadline <= NoCall)
            return;
        long end = _runToken.IsCancellationRequested ? RunOver : nowMs >= deadline ? TimedOut : deadline;
        // Breaking the socket completes what is being received, with an error.
        if (end != deadline && Interlocked.CompareExchange(ref _deadline, end, deadline) == deadline)
            _socket.Dispose();
    }

    public void Dispose()
    {
        _socket.Dispose();
        // A receive that is under way keeps its arguments until it has completed; without one they go now.
        if (Volatile.Read(ref _deadline) == NoCall)
            _receiving.Dispose();
    }

    public IResponse GetResult(short token)
    {
        try
        {
            return _call.GetResult(token);
        }
        finally
        {
            _lane.Return(this, _reusable);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _call.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _call.OnCompleted(continuation, state, token, flags);

    private void Receive()
    {
        try
        {
            while (!_socket.ReceiveAsync(_receiving))
            {
                if (!TakeReceived())
                    return;
            }
        }
        catch (ObjectDisposedException failure)
        {
            EndWith(failure);
        }
    }

    /// <returns>Whether the answer wants more.</returns>
    private bool TakeReceived()
    {
        if (_receiving.SocketError != SocketError.Success)
        {
            EndWith(new SocketException((int)_receiving.SocketError));
            return false;
        }

        if (_receiving.BytesTransferred == 0)
            _reader.End();
        else
            _reader.Read(_receiving.MemoryBuffer.Span[.._receiving.BytesTransferred]);
        if (!_reader.IsDone && _reader.Fault is null)
            return true;
        End(_reader.Fault is null ? _answers.To(_reader) : FaultyAnswer(), _reader.MayReuse);
        return false;
    }

    private Response<object> FaultyAnswer() =>
        Response.Unknown(_receiving.BytesTransferred == 0 ? "response-ended" : "invalid-response", message: _reader.Fault!);

    private void EndWith(Exception failure) => End(Response.Unknown(ErrorClass.Of(failure), message: failure.Message), reusable: false);

    private void End(IResponse response, bool reusable)
    {
        long deadline = Interlocked.Exchange(ref _deadline, NoCall);
        _reusable = reusable && deadline > NoCall;
        if (deadline == RunOver)
            _call.SetException(new OperationCanceledException(_runToken));
        else if (deadline == TimedOut)
            _call.SetResult(Response.Unknown(ErrorClass.Timeout, message: $"no answer within {_timeout.TotalSeconds} s"));
        else
            _call.SetResult(response);
    }
}
