using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>Our server, in a process of its own when a command for that is known.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(20);

    private readonly ToxiproxyServer? _server;
    private readonly Process? _process;

    private BenchServer(Uri url, ToxiproxyServer? server, Process? process) => (Url, _server, _process) = (url, server, process);

    public Uri Url { get; }

    /// <summary>Null when it runs in this process.</summary>
    public int? ProcessId => _process?.Id;

    public static async Task<BenchServer> StartAsync(IReadOnlyList<string>? command, CancellationToken cancellationToken)
    {
        if (command is null)
        {
            ToxiproxyServer server = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Port = 0 }, cancellationToken);
            return new BenchServer(server.Url, server, null);
        }
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), "-host", url.Host, "-port", $"{url.Port}", "-exit-with-stdin"]) { RedirectStandardInput = true };
        start.Environment["LOG_LEVEL"] = "error";
        var running = new BenchServer(url, null, Process.Start(start));
        await running.AwaitAnswerAsync(cancellationToken);
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
    }

    private async Task AwaitAnswerAsync(CancellationToken cancellationToken)
    {
        using var client = new ToxiproxyClient(Url);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await client.GetVersionAsync(cancellationToken);
                return;
            }
            catch (ToxiproxyException) when (Stopwatch.GetElapsedTime(start) < StartMax)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
