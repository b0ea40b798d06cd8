using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Harness.Chaos.Environments;

/// <summary>Waits for a part of the system by asking it, not by counting seconds.</summary>
internal static class Readiness
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until something listens on a loopback port.</summary>
    /// <exception cref="EnvironmentException">Nothing did within 30 s.</exception>
    public static Task ListensAsync(int port, CancellationToken cancellationToken) =>
        UntilAsync($"port {port}", token => ConnectAsync(port, token), cancellationToken);

    /// <summary>Waits until a service says that it is ready.</summary>
    /// <exception cref="EnvironmentException">It did not within 30 s; the message has its last answer.</exception>
    public static async Task AnswersAsync(RunningService service, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await UntilAsync(service.Name, token => AskAsync(http, new Uri(service.Direct, "/health/ready"), token), cancellationToken);
    }

    /// <summary>Waits until a Redis server answers a PING.</summary>
    /// <exception cref="EnvironmentException">It did not within <paramref name="limit"/>.</exception>
    public static Task AnswersPingAsync(int port, TimeSpan limit, CancellationToken cancellationToken) =>
        UntilAsync("redis", token => PingAsync(port, token), limit, cancellationToken);

    /// <summary>Waits at most 30 s for anything that can be asked.</summary>
    public static Task UntilAsync(string what, Func<CancellationToken, Task<string?>> ask, CancellationToken cancellationToken) =>
        UntilAsync(what, ask, Limit, cancellationToken);

    /// <summary>Waits for anything that can be asked.</summary>
    /// <param name="what">What is waited for, for the error.</param>
    /// <param name="ask">Answers null when it is ready, else what it said.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task UntilAsync(
        string what, Func<CancellationToken, Task<string?>> ask, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        string? answer = null;
        try
        {
            while ((answer = await ask(ending.Token)) is not null)
                await Task.Delay(Pause, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException($"{what} was not ready within {limit.TotalSeconds} s; it last answered: {answer ?? "nothing"}");
        }
    }

    private static async Task<string?> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return null;
        }
        catch (SocketException error)
        {
            return error.Message;
        }
    }

    private static async Task<string?> PingAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[64];
            int length = await stream.ReadAsync(answer, cancellationToken);
            return answer.AsSpan(0, length).StartsWith("+PONG"u8) ? null : $"'{Encoding.ASCII.GetString(answer, 0, length).Trim()}'";
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return error.Message;
        }
    }

    private static async Task<string?> AskAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(url, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}";
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return error.Message;
        }
    }
}
