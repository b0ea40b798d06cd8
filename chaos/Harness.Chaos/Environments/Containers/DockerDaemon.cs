using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Harness.Chaos.Environments.Containers;

/// <summary>
/// The few questions that must be answered before a container library can be used, and the one thing that must work when it cannot be any
/// more: removing containers by their label. Plain HTTP to the daemon, so that every version of its API understands it.
/// </summary>
/// <remarks>Every method throws <see cref="EnvironmentException"/> when the daemon cannot be reached or refuses.</remarks>
internal sealed class DockerDaemon : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    public DockerDaemon(Uri endpoint)
    {
        Endpoint = endpoint;
        var handler = new SocketsHttpHandler();
        if (endpoint.Scheme == "unix")
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(endpoint.AbsolutePath, cancellationToken);
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(endpoint.Scheme == "tcp" ? $"http://{endpoint.Authority}" : "http://docker"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Where it listens: <c>unix:///…</c> or <c>tcp://host:port</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>What DOCKER_HOST says, else the first usual socket that is there, else the usual one.</summary>
    public static DockerDaemon OfThisMachine()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host && Uri.TryCreate(host, UriKind.Absolute, out Uri? said))
            return new DockerDaemon(said);
        const string Usual = "/var/run/docker.sock";
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] sockets = [Usual, $"{Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")}/docker.sock", $"{home}/.docker/run/docker.sock"];
        return new DockerDaemon(new Uri("unix://" + (sockets.FirstOrDefault(File.Exists) ?? Usual)));
    }

    /// <summary>The newest version of its API, <c>1.41</c>.</summary>
    public async Task<string> ApiVersionAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("version", cancellationToken)).GetProperty("ApiVersion").GetString()!;

    public async Task<bool> HasImageAsync(string image, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, $"images/{image}/json", AnswerLimit, cancellationToken);
        return answer.StatusCode != HttpStatusCode.NotFound && (await AcceptedAsync(answer, cancellationToken)).IsSuccessStatusCode;
    }

    /// <summary>Every container with that label, running or not.</summary>
    /// <param name="label"><c>key</c>, or <c>key=value</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The labels of each, by its id.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> FindAsync(string label, CancellationToken cancellationToken)
    {
        string filter = JsonSerializer.Serialize(new { label = new[] { label } });
        JsonElement all = await ReadAsync($"containers/json?all=1&filters={Uri.EscapeDataString(filter)}", cancellationToken);
        return all.EnumerateArray().ToDictionary(
            container => container.GetProperty("Id").GetString()!,
            IReadOnlyDictionary<string, string> (container) => container.GetProperty("Labels").Deserialize<Dictionary<string, string>>()!);
    }

    /// <summary>Kills a container and removes it with its volumes; one that is gone already is fine.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Delete, $"containers/{id}?force=1&v=1", AnswerLimit, cancellationToken);
        // 409: somebody else is removing it at this moment.
        if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict))
            await AcceptedAsync(answer, cancellationToken);
    }

    /// <summary>Completes with its exit code when a container has ended.</summary>
    public async Task<int> EndAsync(string id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, $"containers/{id}/wait", Timeout.InfiniteTimeSpan, cancellationToken);
        await AcceptedAsync(answer, cancellationToken);
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return body.RootElement.GetProperty("StatusCode").GetInt32();
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await AcceptedAsync(await SendAsync(HttpMethod.Get, path, AnswerLimit, cancellationToken), cancellationToken);
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return body.RootElement.Clone();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        using var request = new HttpRequestMessage(method, path);
        try
        {
            return await _http.SendAsync(request, ending.Token);
        }
        catch (HttpRequestException error)
        {
            throw new EnvironmentException($"no Docker daemon answers at {Endpoint}: {(error.InnerException ?? error).Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException($"the Docker daemon at {Endpoint} did not answer within {limit.TotalSeconds} s");
        }
    }

    private static async Task<HttpResponseMessage> AcceptedAsync(HttpResponseMessage answer, CancellationToken cancellationToken) => answer.IsSuccessStatusCode
        ? answer
        : throw new EnvironmentException(
            $"the Docker daemon refused {answer.RequestMessage!.RequestUri!.PathAndQuery}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
}
