using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>The data plane over epoll: a loop for each core, no hop between threads while a connection lives.</summary>
internal sealed class EpollPlane : IDataPlane
{
    private readonly EpollLoop[] _loops = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(n => new EpollLoop(n))];
    private int _listeners;

    public string Name => "epoll";

    public IReadOnlyList<Loop> Loops => _loops;

    public IListening Listen(Socket listening, IAcceptor acceptor) =>
        new EpollListening(listening, _loops, _loops[(uint)Interlocked.Increment(ref _listeners) % (uint)_loops.Length], acceptor);

    public void Connect(Loop loop, IPEndPoint address, Action<Peer?, SocketError> done)
    {
        var own = (EpollLoop)loop;
        int descriptor = EpollSockets.Connect(address, out bool connected, out SocketError error);
        if (descriptor < 0)
            done(null, error);
        else if (connected)
            EpollConnect.Succeed(own, descriptor, done, registered: false);
        else
            new EpollConnect(own, descriptor, done).Begin();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (EpollLoop loop in _loops)
            await loop.DisposeAsync();
    }
}
