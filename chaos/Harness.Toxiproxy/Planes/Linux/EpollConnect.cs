using System.Net.Sockets;

namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>A connect that is under way: the first report on its descriptor says what came of it.</summary>
internal sealed class EpollConnect(EpollLoop loop, int descriptor, Action<Peer?, SocketError> done) : IEpollTarget
{
    private long _key = -1;

    public void Begin()
    {
        _key = loop.Register(descriptor, this, Libc.EventOut);
        if (_key < 0)
            Fail(SocketError.SocketError);
    }

    public void OnEvents(uint events)
    {
        loop.Forget(_key);
        if (EpollSockets.ConnectResult(descriptor) is not SocketError.Success and var error)
            Fail(error);
        else
            Succeed(loop, descriptor, done, registered: true);
    }

    /// <summary>Makes the peer of a connected descriptor.</summary>
    public static void Succeed(EpollLoop loop, int descriptor, Action<Peer?, SocketError> done, bool registered)
    {
        EpollSockets.Prepare(descriptor);
        var peer = new EpollPeer(loop, descriptor);
        if (registered)
            loop.Unregister(descriptor);
        if (peer.Register())
        {
            done(peer, SocketError.Success);
            return;
        }
        peer.Drop();
        done(null, SocketError.SocketError);
    }

    private void Fail(SocketError error)
    {
        Libc.Close(descriptor);
        done(null, error);
    }
}
