using System.Net.Sockets;
using System.Text;
using Harness.Records;

namespace Harness.Chaos.Control;

/// <summary>Something that a server answers at once, whoever asks: HTTP that it lives, Redis an inline command, PostgreSQL whether it speaks TLS.</summary>
internal sealed class SmallQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly byte[] Ping = "PING\r\n"u8.ToArray();
    private static readonly byte[] SpeaksTls = [0, 0, 0, 8, 4, 210, 22, 47];
    private readonly string _host;
    private readonly int _port;
    private readonly byte[] _question;

    /// <param name="server">Who answers: <c>redis</c>, <c>postgres</c>, or a service.</param>
    /// <param name="host">Where it, or the proxy before it, listens.</param>
    /// <param name="port">There.</param>
    public SmallQuestion(string server, string host, int port)
    {
        (_host, _port) = (host, port);
        _question = server switch
        {
            "redis" => Ping,
            "postgres" => SpeaksTls,
            _ => Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"),
        };
    }

    /// <summary>Asks over a new connection, and waits a second at most.</summary>
    /// <returns>Milliseconds from the connection to the answer, or why there is none.</returns>
    public async Task<(double? Milliseconds, string? Problem)> AskAsync(RunClock clock, CancellationToken endToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(endToken, limit.Token);
        TimeSpan began = clock.Now;
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(_host, _port, either.Token);
            await socket.SendAsync(_question, either.Token);
            byte[] answer = new byte[512];
            int read = await socket.ReceiveAsync(answer, either.Token);
            return read == 0 ? (null, "closed without an answer")
                : IsAnswer(answer.AsSpan(0, read)) ? ((clock.Now - began).TotalMilliseconds, null)
                : (null, "not the answer that belongs to the question");
        }
        catch (OperationCanceledException) when (!endToken.IsCancellationRequested)
        {
            return (null, "no answer within 1 s");
        }
        catch (SocketException error)
        {
            return (null, error.SocketErrorCode switch { SocketError.ConnectionReset => "reset", SocketError.ConnectionRefused => "refused", _ => error.Message });
        }
    }

    private bool IsAnswer(ReadOnlySpan<byte> answer) =>
        _question == Ping ? answer[0] is (byte)'+' or (byte)'-'
        : _question == SpeaksTls ? answer[0] is (byte)'S' or (byte)'N'
        : answer.StartsWith("HTTP/1.1 200"u8);
}
