using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Http;

/// <summary>A small, strict HTTP/1.1 server: one task a connection, every wait bounded.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AcceptAgainAfter = TimeSpan.FromMilliseconds(10);

    private readonly Socket _listening;
    private readonly Func<HttpRequest, CancellationToken, Task<HttpReply>> _answer;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, Socket> _connections = new();
    private readonly Task _accepting;

    public ControlServer(Socket listening, Func<HttpRequest, CancellationToken, Task<HttpReply>> answer, TimeProvider time)
    {
        (_listening, _answer, _time) = (listening, answer, time);
        _accepting = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listening.LocalEndPoint!;

    /// <summary>Stops accepting, lets requests in hand end, closes what is idle.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listening.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listening.AcceptAsync(_stopping.Token);
                client.NoDelay = true;
                Track(client);
            }
            catch (Exception closed) when (_stopping.IsCancellationRequested && closed is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client has gone already, or there is no descriptor left: the next may fare better, a little later.
                await Task.Delay(AcceptAgainAfter, _time);
            }
        }
    }

    private void Track(Socket client)
    {
        Task serving = ServeAsync(client);
        _connections[serving] = client;
        _ = serving.ContinueWith(ended => _connections.TryRemove(ended, out _), TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket client)
    {
        using Socket owned = client;
        try
        {
            await AnswerAllAsync(client);
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or IOException)
        {
            // The client went away or let us wait too long: closing is all there is to do.
            client.Close();
        }
    }

    private async Task AnswerAllAsync(Socket client)
    {
        var reader = new HttpReader(client);
        var writer = new HttpWriter(client, _time);
        bool keepAlive = true;
        while (keepAlive && !_stopping.IsCancellationRequested)
        {
            if (await ReadAsync(client, reader) is not { } request)
                return;
            keepAlive = await AnswerAsync(request, writer);
        }
    }

    private async Task<HttpRequest?> ReadAsync(Socket client, HttpReader reader)
    {
        if (!reader.HasBytes)
        {
            using CancellationTokenSource idle = Bounded(IdleMax);
            await client.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, idle.Token);
        }
        using CancellationTokenSource reading = Bounded(ReadMax);
        try
        {
            return await reader.ReadAsync(reading.Token);
        }
        catch (HttpFormatException malformed)
        {
            await new HttpWriter(client, _time).WriteAsync(HttpReply.Text(malformed.Status, "Bad Request"), false, true, reading.Token);
            return null;
        }
    }

    private async Task<bool> AnswerAsync(HttpRequest request, HttpWriter writer)
    {
        HttpReply reply = await _answer(request, _stopping.Token);
        bool keepAlive = request.KeepAlive && reply.Stream is null && !_stopping.IsCancellationRequested;
        using CancellationTokenSource writing = reply.Stream is null ? new CancellationTokenSource(WriteMax, _time) : Bounded(Timeout.InfiniteTimeSpan);
        await writer.WriteAsync(reply, keepAlive, request.Method != "HEAD", writing.Token);
        return keepAlive;
    }

    private CancellationTokenSource Bounded(TimeSpan longest)
    {
        var bounded = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        bounded.CancelAfter(longest);
        return bounded;
    }
}
