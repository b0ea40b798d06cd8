using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>A server with a thread for each connection and blocking calls: it costs as little as a server can, so that what is
/// measured is the proxy.</summary>
internal sealed class BenchOrigin : IDisposable
{
    /// <summary>Bytes of body in an answer of <see cref="Http"/>.</summary>
    public const int HttpBodyLength = 1024;

    private static readonly byte[] HttpAnswer =
        System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {HttpBodyLength}\r\n\r\n{new string('x', HttpBodyLength)}");

    private readonly Socket _listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Action<Socket> _serve;

    private BenchOrigin(Action<Socket> serve)
    {
        _serve = serve;
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen(1024);
        Address = (IPEndPoint)_listening.LocalEndPoint!;
        Begin(AcceptAll);
    }

    public IPEndPoint Address { get; }

    /// <summary>Sends back what comes.</summary>
    public static BenchOrigin Echo() => new(socket =>
    {
        byte[] buffer = new byte[64 * 1024];
        int count;
        while ((count = socket.Receive(buffer)) > 0)
            socket.Send(buffer, count, SocketFlags.None);
    });

    /// <summary>Answers small requests that come one at a time.</summary>
    public static BenchOrigin Http() => new(socket =>
    {
        byte[] buffer = new byte[4096];
        while (socket.Receive(buffer) > 0)
            socket.Send(HttpAnswer);
    });

    /// <summary>Sends without end.</summary>
    public static BenchOrigin Source() => new(socket =>
    {
        byte[] block = new byte[128 * 1024];
        while (true)
            socket.Send(block);
    });

    /// <summary>Accepts and waits for the other side to end.</summary>
    public static BenchOrigin Silent() => new(socket => socket.Receive(new byte[1]));

    public void Dispose() => _listening.Dispose();

    private void AcceptAll()
    {
        while (true)
        {
            Socket client = _listening.Accept();
            client.NoDelay = true;
            Begin(() => _serve(client), client);
        }
    }

    private static void Begin(Action work, Socket? owned = null) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The measurement is over; the other side has gone.
            owned?.Dispose();
            return;
        }
        owned?.Dispose();
    }, maxStackSize: 128 * 1024) { IsBackground = true }.Start();
}
