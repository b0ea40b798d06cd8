using System.Net.Sockets;
using System.Text;
using Harness.Chaos.Environments;
using Harness.Records;
using Harness.Toxiproxy;

namespace Harness.Chaos.Control;

/// <summary>What one edge was seen to do lately.</summary>
/// <param name="Edge"><c>orders -> payments</c>.</param>
/// <param name="Milliseconds">From a new connection to its first answer; null when none came in time.</param>
/// <param name="Problem">Why there was none; null when there was.</param>
public sealed record EdgeHealth(string Edge, double? Milliseconds, string? Problem);

/// <summary>Asks something small through the proxy of every edge, once a second, each over a connection of its own: what a service that connects anew would find.</summary>
internal sealed class EdgeProbe(IRunningEnvironment environment, RunClock clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // What each kind of server answers at once, whoever asks: HTTP anything, Redis an inline command, PostgreSQL the question whether it speaks TLS.
    private static readonly byte[] Ping = "PING\r\n"u8.ToArray();
    private static readonly byte[] SpeaksTls = [0, 0, 0, 8, 4, 210, 22, 47];
    private readonly Lock _writing = new();
    private readonly Dictionary<string, EdgeHealth> _latest = [];

    public IReadOnlyList<EdgeHealth> Latest
    {
        get
        {
            lock (_writing)
                return [.. environment.Edges.Select(edge => _latest.GetValueOrDefault(edge.ToString())).OfType<EdgeHealth>()];
        }
    }

    public async Task RunAsync(CancellationToken endToken)
    {
        try
        {
            IReadOnlyDictionary<string, Proxy> proxies = await environment.Proxies.GetProxiesAsync(endToken);
            await Task.WhenAll(environment.Edges.Where(edge => proxies.ContainsKey(environment.ProxyOf(edge)))
                .Select(edge => RunAsync(edge, proxies[environment.ProxyOf(edge)].Listen, endToken)));
        }
        catch (Exception error) when (error is ToxiproxyException or HttpRequestException or OperationCanceledException)
        {
            // Without proxies to go through nothing can be said of the edges.
            return;
        }
    }

    private async Task RunAsync(Edge edge, string listen, CancellationToken endToken)
    {
        int colon = listen.LastIndexOf(':');
        (string host, int port) = (listen[..colon].Trim('[', ']'), int.Parse(listen[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        byte[] question = Question(edge, $"{host}:{port}");
        using var timer = new PeriodicTimer(Every, clock.Time);
        do
        {
            EdgeHealth health = await AskAsync(edge, host, port, question, endToken);
            lock (_writing)
                _latest[health.Edge] = health;
        }
        while (await timer.WaitForNextTickAsync(endToken));
    }

    private async Task<EdgeHealth> AskAsync(Edge edge, string host, int port, byte[] question, CancellationToken endToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(endToken);
        limit.CancelAfter(Patience);
        TimeSpan began = clock.Now;
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(host, port, limit.Token);
            await socket.SendAsync(question, limit.Token);
            byte[] answer = new byte[512];
            int read = await socket.ReceiveAsync(answer, limit.Token);
            return read > 0 && Answers(question, answer.AsSpan(0, read))
                ? new EdgeHealth(edge.ToString(), (clock.Now - began).TotalMilliseconds, null)
                : new EdgeHealth(edge.ToString(), null, read == 0 ? "closed without an answer" : "not the answer that belongs to the question");
        }
        catch (OperationCanceledException) when (!endToken.IsCancellationRequested)
        {
            return new EdgeHealth(edge.ToString(), null, "no answer within 1 s");
        }
        catch (SocketException error)
        {
            return new EdgeHealth(edge.ToString(), null, error.SocketErrorCode == SocketError.ConnectionReset ? "reset" : error.Message);
        }
    }

    private static byte[] Question(Edge edge, string host) => edge.To switch
    {
        "redis" => Ping,
        "postgres" => SpeaksTls,
        _ => Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
    };

    private static bool Answers(byte[] question, ReadOnlySpan<byte> answer) =>
        question == Ping ? answer[0] is (byte)'+' or (byte)'-'
        : question == SpeaksTls ? answer[0] is (byte)'S' or (byte)'N'
        : answer.StartsWith("HTTP/1.1 200"u8);
}
