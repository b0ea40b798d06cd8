using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Planes;

/// <summary>Accepts and hands the connections to the loops in turn.</summary>
internal sealed class PortableListening : IListening
{
    private static readonly TimeSpan AcceptAgainAfter = TimeSpan.FromMilliseconds(10);

    private readonly Socket _listening;
    private readonly PortableLoop[] _loops;
    private readonly IAcceptor _acceptor;
    private readonly Task _accepting;

    public PortableListening(Socket listening, PortableLoop[] loops, IAcceptor acceptor)
    {
        (_listening, _loops, _acceptor) = (listening, loops, acceptor);
        _accepting = AcceptAsync();
    }

    public async Task CloseAsync()
    {
        _listening.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (await AcceptOneAsync() is { } client)
            HandOver(client);
    }

    /// <summary>Null when the listener was closed.</summary>
    private async Task<Socket?> AcceptOneAsync()
    {
        while (true)
        {
            try
            {
                return await _listening.AcceptAsync();
            }
            catch (Exception closed) when (closed is ObjectDisposedException || closed is SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException)
            {
                // The client has gone already, or there is no descriptor left: the next may fare better, a little later.
                await Task.Delay(AcceptAgainAfter);
            }
        }
    }

    private void HandOver(Socket client)
    {
        try
        {
            PortablePeer.Prepare(client);
            var address = (IPEndPoint)client.RemoteEndPoint!;
            long number = _acceptor.NextNumber();
            int index = (int)(number % _loops.Length);
            _loops[index].Post(() => _acceptor.Accepted(index, new PortablePeer(client, _loops[index]), address, number));
        }
        catch (SocketException)
        {
            // Reset between accept and here.
            client.Dispose();
        }
    }
}
