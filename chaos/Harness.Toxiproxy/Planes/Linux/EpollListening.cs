using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>Accepts on one loop and hands the connections to all of them in turn.</summary>
internal sealed class EpollListening : IListening, IEpollTarget
{
    private const int AcceptsInARound = 64;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(10);

    private readonly Socket _listening;
    private readonly int _descriptor;
    private readonly IReadOnlyList<EpollLoop> _loops;
    private readonly EpollLoop _own;
    private readonly IAcceptor _acceptor;
    private readonly LoopTimer _retry;
    private long _key = -1;
    private bool _closed;

    public EpollListening(Socket listening, IReadOnlyList<EpollLoop> loops, EpollLoop own, IAcceptor acceptor)
    {
        (_listening, _loops, _own, _acceptor) = (listening, loops, own, acceptor);
        _listening.Blocking = false;
        _descriptor = (int)listening.SafeHandle.DangerousGetHandle();
        _retry = new LoopTimer(AcceptAll);
        own.Post(() => _key = own.Register(_descriptor, this, Libc.EventIn));
    }

    public void OnEvents(uint events) => AcceptAll();

    public Task CloseAsync() => _own.InvokeAsync(() =>
    {
        _closed = true;
        _own.Cancel(_retry);
        if (_key >= 0)
            _own.Forget(_key);
        _listening.Dispose();
    });

    private void AcceptAll()
    {
        for (int i = 0; i < AcceptsInARound && !_closed; i++)
        {
            int client = EpollSockets.Accept(_descriptor, out IPEndPoint address);
            if (client >= 0)
                HandOver(client, address);
            else if (!WentAway(Libc.LastError))
                return;
        }
        if (!_closed)
            _own.Defer(AcceptAll);
    }

    /// <summary>True when the next accept may fare better at once.</summary>
    private bool WentAway(int error)
    {
        if (error is Libc.TooManyFilesInProcess or Libc.TooManyFilesInSystem)
            _own.Schedule(_retry, _own.Now + RetryAfter);
        return error is not (Libc.WouldBlock or Libc.TooManyFilesInProcess or Libc.TooManyFilesInSystem);
    }

    private void HandOver(int client, IPEndPoint address)
    {
        EpollSockets.Prepare(client);
        long number = _acceptor.NextNumber();
        int index = (int)(number % _loops.Count);
        EpollLoop loop = _loops[index];
        if (loop == _own)
            Begin(loop, index, client, address, number);
        else
            loop.Post(() => Begin(loop, index, client, address, number));
    }

    private void Begin(EpollLoop loop, int index, int client, IPEndPoint address, long number)
    {
        var peer = new EpollPeer(loop, client);
        if (peer.Register())
            _acceptor.Accepted(index, peer, address, number);
        else
            peer.Drop();
    }
}
