using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Harness.Chaos.Tests.Faults;

/// <summary>A real service behind a proxy: sends back whatever it receives.</summary>
internal sealed class EchoService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    public EchoService()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Every byte that arrived, in order of arrival.</summary>
    public ConcurrentQueue<byte> Heard { get; } = new();

    public string Address => _listener.LocalEndpoint.ToString()!;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting; // Before its listener stops: accepting once more from one that has is an error.
        _listener.Stop();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
                clients.Add(EchoAsync(await _listener.AcceptSocketAsync(_ending.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task EchoAsync(Socket client)
    {
        byte[] buffer = new byte[1024];
        using (client)
        {
            try
            {
                for (int read; (read = await client.ReceiveAsync(buffer, _ending.Token)) > 0;)
                {
                    foreach (byte one in buffer.AsSpan(0, read))
                        Heard.Enqueue(one);
                    await client.SendAsync(buffer.AsMemory(0, read), _ending.Token);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException)
            {
                // The peer is gone or the test is over; there is nobody to echo to.
                return;
            }
        }
    }
}
