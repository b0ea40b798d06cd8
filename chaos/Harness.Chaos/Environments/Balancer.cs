using System.Net;
using System.Net.Sockets;

namespace Harness.Chaos.Environments;

/// <summary>Deals connections out to the instances of a service in turn, and to the next one when an instance does not answer. It knows nothing of what they say.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ending = new();
    private readonly IReadOnlyList<int> _instances;
    private readonly HashSet<Task> _open = [];
    private readonly Task _accepting;
    private long _beside;

    private Balancer(IReadOnlyList<int> instances)
    {
        _instances = instances;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>How many connections went to another instance than the first.</summary>
    public long Beside => Interlocked.Read(ref _beside);

    /// <param name="instances">Their ports, in the order of the turns; at least one.</param>
    public static Balancer Start(IReadOnlyList<int> instances) => new(instances);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting;
        _listener.Dispose();
        Task[] open;
        lock (_open)
            open = [.. _open];
        await Task.WhenAll(open);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        for (int turn = 0; ; turn++)
        {
            Socket caller;
            try
            {
                caller = await _listener.AcceptAsync(_ending.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            int first = turn % _instances.Count;
            Task serving = ServeAsync(caller, first);
            lock (_open)
                _open.Add(serving);
            _ = serving.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Forget(Task served)
    {
        lock (_open)
            _open.Remove(served);
    }

    private async Task ServeAsync(Socket caller, int first)
    {
        using (caller)
        {
            using Socket? instance = await DialAsync(first);
            if (instance is null)
                return;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            await Task.WhenAll(CarryAsync(caller, instance, over), CarryAsync(instance, caller, over));
        }
    }

    private async Task<Socket?> DialAsync(int first)
    {
        for (int tried = 0; tried < _instances.Count; tried++)
        {
            int number = (first + tried) % _instances.Count;
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, _instances[number], _ending.Token);
                if (number > 0)
                    Interlocked.Increment(ref _beside);
                return socket;
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                socket.Dispose(); // The next one may answer.
            }
        }

        return null;
    }

    /// <summary>Carries bytes one way; its end is passed on as an end, its breaking off ends both ways.</summary>
    private static async Task CarryAsync(Socket from, Socket to, CancellationTokenSource over)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            from.NoDelay = true;
            for (int read; (read = await from.ReceiveAsync(buffer, over.Token)) > 0;)
            {
                for (int sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), over.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            await over.CancelAsync();
        }
    }
}
