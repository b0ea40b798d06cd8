using Harness.Load.Loops;

namespace Harness.Load.Raw;

/// <summary>The raw lane: sends prepared bytes over kept connections and reads each answer only as far as to know its status and its end.
/// On a kept connection nothing is allocated.</summary>
/// <remarks>One request at a time on a connection; nothing is pipelined and nothing is sent twice. On Linux connections live on event loops of
/// this engine, one a processor, and what comes after an <c>await</c> of a call goes on right there; elsewhere on .NET's own sockets, which
/// are cheapest when <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c> was set before the first of them was made. <c>http</c> only.</remarks>
public sealed class RawClient : IDisposable
{
    private readonly IRawLane _lane;

    /// <param name="target">Whose host and port all requests go to.</param>
    /// <exception cref="ArgumentException">It is not <c>http</c>.</exception>
    public RawClient(Uri target) : this(target, EventLoops.AreThere)
    {
    }

    internal RawClient(Uri target, bool onLoops)
    {
        if (target.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException($"The raw lane speaks http only, not {target.Scheme}.", nameof(target));
        _lane = onLoops ? new LoopLane(target.IdnHost, target.Port) : new SocketLane(target.IdnHost, target.Port);
    }

    /// <summary>Connections that are open now.</summary>
    public int Connections => _lane.Connections;

    /// <summary>Sends a request and waits for the end of its answer.</summary>
    /// <param name="request">May be sent by many at once.</param>
    /// <param name="timeout">For the whole call, connecting included; kept to within 20 ms. <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="runToken">The run's end.</param>
    /// <returns>To be awaited once, and at once. Refused when no connection came about; unknown when it broke after sending.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="runToken"/> fired: the call is no sample.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public ValueTask<IResponse> SendAsync(RawRequest request, TimeSpan timeout, CancellationToken runToken) =>
        _lane.SendAsync(request, timeout, runToken);

    /// <summary>Breaks off every connection.</summary>
    public void Dispose() => _lane.Dispose();
}
