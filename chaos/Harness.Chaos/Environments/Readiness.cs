using System.Net;
using System.Net.Sockets;

namespace Harness.Chaos.Environments;

/// <summary>Waits for a part of the system by asking it, not by counting seconds.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
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

    /// <summary>Waits for anything that can be asked.</summary>
    /// <param name="what">What is waited for, for the error.</param>
    /// <param name="ask">Answers null when it is ready, else what it said.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task UntilAsync(string what, Func<CancellationToken, Task<string?>> ask, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        string? answer = null;
        try
        {
            while ((answer = await ask(limit.Token)) is not null)
                await Task.Delay(Pause, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException($"{what} was not ready within {Limit.TotalSeconds} s; it last answered: {answer ?? "nothing"}");
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
