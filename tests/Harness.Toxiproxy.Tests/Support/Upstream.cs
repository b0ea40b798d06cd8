using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>A real TCP server that does one thing with each connection.</summary>
public sealed class Upstream : IAsyncDisposable
{
    private readonly Socket _listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    private Upstream(Func<Socket, CancellationToken, Task> serve)
    {
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen(512);
        Address = _listening.LocalEndPoint!.ToString()!;
        _accepting = AcceptAsync(serve);
    }

    public string Address { get; }

    /// <summary>Sends back what comes, until the client ends.</summary>
    public static Upstream Echo() => new(async (socket, token) =>
    {
        byte[] buffer = new byte[64 * 1024];
        int count;
        while ((count = await socket.ReceiveAsync(buffer, token)) > 0)
            await SendAllAsync(socket, buffer.AsMemory(0, count), token);
    });

    /// <summary>Hands each connection to <paramref name="serve"/> and closes it when that returns.</summary>
    public static Upstream Serving(Func<Socket, CancellationToken, Task> serve) => new(serve);

    public static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listening.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> serve)
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listening.AcceptAsync(_stopping.Token), serve);
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task ServeAsync(Socket socket, Func<Socket, CancellationToken, Task> serve)
    {
        using Socket owned = socket;
        try
        {
            socket.NoDelay = true;
            await serve(socket, _stopping.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            socket.Close();
        }
    }
}
