using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Planes;

/// <summary>The data plane over <see cref="Socket"/>: for every system that .NET runs on.</summary>
internal sealed class PortablePlane : IDataPlane
{
    private readonly PortableLoop[] _loops = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(n => new PortableLoop(n))];

    public string Name => "portable";

    public IReadOnlyList<Loop> Loops => _loops;

    public IListening Listen(Socket listening, IAcceptor acceptor) => new PortableListening(listening, _loops, acceptor);

    public void Connect(Loop loop, IPEndPoint address, Action<Peer?, SocketError> done) => _ = ConnectAsync(loop, address, done);

    public async ValueTask DisposeAsync()
    {
        foreach (PortableLoop loop in _loops)
            await loop.DisposeAsync();
    }

    private static async Task ConnectAsync(Loop loop, IPEndPoint address, Action<Peer?, SocketError> done)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address);
            PortablePeer.Prepare(socket);
            loop.Post(() => done(new PortablePeer(socket, loop), SocketError.Success));
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            loop.Post(() => done(null, failure.SocketErrorCode));
        }
    }
}
