using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Harness.Load.Loops;
using Harness.Load.Ordinary;

namespace Harness.Load.Raw;

/// <summary>A connection on an event loop, and the one call at a time that runs on it.</summary>
internal sealed partial class LoopConnection(LoopLane lane, EventLoop loop)
    : ILoopCall, ILoopDescriptor, IValueTaskSource<IResponse>, IValueTaskSource
{
    private readonly AnswerReader _reader = new();
    private readonly RawAnswers _answers = new();
    private ManualResetValueTaskSourceCore<bool> _call;
    private byte[] _bytes = [];
    private int _length;
    private int _sent;
    private int _descriptor = -1;
    private long _key;
    private Stage _stage;
    private bool _spoiled;
    private long _deadlineMs;
    private TimeSpan _timeout;
    private CancellationToken _runToken;
    private Failure? _failure;
    private KeptAnswer? _kept;
    private RequestWriter? _outgoing;

    private enum Stage
    {
        /// <summary>No call is under way; there may be a connection.</summary>
        Free,
        Connecting,
        Exchanging,

        /// <summary>The call has ended; whoever made it has not yet been told.</summary>
        Ended,
    }

    public LoopLane Lane => lane;

    public EventLoop Loop => loop;

    public int Place { get; set; }

    public object? Owner { get; private set; }

    public AnswerReader Reader => _reader;

    /// <summary>What is to be sent, for calls that are not prepared.</summary>
    public RequestWriter Outgoing => _outgoing ??= new RequestWriter();

    /// <summary>The last answer as it was received, when it was to be kept.</summary>
    public KeptAnswer Kept => _kept ??= new KeptAnswer();

    /// <summary>Sends prepared bytes.</summary>
    public ValueTask<IResponse> SendAsync(RawRequest request, TimeSpan timeout, CancellationToken runToken)
    {
        Begin(request.Bytes, request.Bytes.Length, request.IsHead, kept: null, timeout, runToken);
        return new ValueTask<IResponse>(this, _call.Version);
    }

    /// <summary>Sends <see cref="Outgoing"/> and keeps the answer. The caller looks at it, and at what failed, and then calls <see cref="Return"/>.</summary>
    public ValueTask ExchangeAsync(bool isHead, TimeSpan timeout, CancellationToken runToken)
    {
        Begin(Outgoing.Bytes, Outgoing.Length, isHead, Kept, timeout, runToken);
        return new ValueTask(this, _call.Version);
    }

    /// <summary>Why the call ended without an answer; null when there is one.</summary>
    /// <exception cref="OperationCanceledException">The run is over: the call is no sample.</exception>
    public Failure? FailureOrNull() => _failure is { Outcome: null } ? throw new OperationCanceledException(_runToken) : _failure;

    /// <summary>Gives the connection back, to be used again if it can be.</summary>
    public void Return()
    {
        lock (loop.Gate)
        {
            bool reusable = _failure is null && _reader.MayReuse && !_spoiled && _sent == _length && _descriptor >= 0 && !lane.IsDisposed;
            _stage = Stage.Free;
            if (reusable)
                lane.ReturnInside(this);
            else
                CloseInside();
        }
    }

    /// <summary>Called by the loop: tells whoever made the call, whose code goes on from here.</summary>
    public void Execute() => _call.SetResult(true);

    public bool EndIfDue(long nowMs)
    {
        if (_runToken.IsCancellationRequested)
            EndInside(Failure.RunOver);
        else if (nowMs >= _deadlineMs)
            EndInside(_stage == Stage.Connecting ? Failure.ConnectTimeout(_timeout) : Failure.Timeout(_timeout));
        else
            return false;
        CloseInside();
        return true;
    }

    /// <summary>Under the gate: ends the call that is under way.</summary>
    public void BreakOffInside(SocketError error)
    {
        EndInside(Failure.Broken(error));
        CloseInside();
        loop.PostInside(this);
    }

    /// <summary>Under the gate: lets go of the connection.</summary>
    public void CloseInside()
    {
        if (_descriptor < 0)
            return;
        loop.Descriptors.Forget(_key);
        _ = Libc.Close(_descriptor);
        _descriptor = -1;
        lane.CountConnections(-1);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _call.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _call.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.GetResult(short token) => _call.GetResult(token);

    IResponse IValueTaskSource<IResponse>.GetResult(short token)
    {
        _call.GetResult(token);
        try
        {
            return FailureOrNull() is { } failure ? failure.ToResponse<object>() : _answers.To(_reader);
        }
        finally
        {
            Return();
        }
    }

    private void Begin(byte[] bytes, int length, bool isHead, KeptAnswer? kept, TimeSpan timeout, CancellationToken runToken)
    {
        bool onLoop = EventLoop.Current == loop;
        _call.Reset();
        // A thread that is not a loop's may do what it likes after its await; on the loop it would hold up others.
        _call.RunContinuationsAsynchronously = !onLoop;
        Owner = onLoop ? loop.Owner : null;
        (_bytes, _length, _sent) = (bytes, length, 0);
        (_timeout, _runToken, _failure) = (timeout, runToken, null);
        _deadlineMs = timeout < TimeSpan.Zero ? long.MaxValue : Environment.TickCount64 + Math.Max(1, (long)timeout.TotalMilliseconds);
        lock (loop.Gate)
        {
            _reader.Begin(isHead, kept);
            loop.CallBegan(this);
            if (_descriptor >= 0 && !_spoiled)
                BeginExchange();
            else
                BeginConnect();
            // Nobody waits for it yet, so nobody's code runs here.
            if (_stage == Stage.Ended)
                _call.SetResult(true);
        }
    }

    private void EndInside(Failure? failure)
    {
        _failure = failure;
        _stage = Stage.Ended;
        loop.CallEnded(this);
    }
}
