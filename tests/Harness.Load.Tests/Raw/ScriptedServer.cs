using System.Net;
using System.Net.Sockets;

namespace Harness.Load.Tests.Raw;

/// <summary>A server that does to each request what a test says: it reads to the end of the head, then hands over the socket.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Socket, int, Task> _answer;
    private readonly Task _accepting;
    private int _requests;
    private int _connections;

    /// <param name="answer">Gets the socket and the request's number, from 1.</param>
    public ScriptedServer(Func<Socket, int, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(socket));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket owned = socket;
        byte[] buffer = new byte[8192];
        try
        {
            while (await ReadHeadAsync(socket, buffer))
                await _answer(socket, Interlocked.Increment(ref _requests));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client went away or the test is over; either way this connection has been served.
            return;
        }
    }

    private async Task<bool> ReadHeadAsync(Socket socket, byte[] buffer)
    {
        int length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(length), _end.Token);
            if (read == 0)
                return false;
            length += read;
        }

        return true;
    }
}
