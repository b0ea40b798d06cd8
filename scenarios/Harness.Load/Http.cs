using System.Net.Http.Json;
using System.Text.Json;
using Harness.Load.Loops;
using Harness.Load.Ordinary;
using Harness.Load.Raw;

namespace Harness.Load;

/// <summary>HTTP calls whose answers say what a client may conclude from them; NBomber.Http's names.</summary>
public static partial class Http
{
    /// <param name="method">As it is sent, <c>GET</c>.</param>
    /// <param name="url">Absolute.</param>
    /// <exception cref="UriFormatException"><paramref name="url"/> is none.</exception>
    public static HttpRequestMessage CreateRequest(string method, string url) => new(HttpMethod.Parse(method), KnownUrls.Of(url));

    public static HttpRequestMessage WithHeader(this HttpRequestMessage request, string name, string value)
    {
        request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public static HttpRequestMessage WithBody(this HttpRequestMessage request, HttpContent body)
    {
        request.Content = body;
        return request;
    }

    /// <param name="request">The request.</param>
    /// <param name="data">Written as JSON.</param>
    /// <param name="options">How; null for <see cref="GlobalJsonSerializerOptions"/>.</param>
    public static HttpRequestMessage WithJsonBody<T>(this HttpRequestMessage request, T data, JsonSerializerOptions? options = null) =>
        request.WithBody(JsonContent.Create(data, options: options ?? GlobalJsonSerializerOptions));

    /// <summary>How <see cref="WithJsonBody"/> writes and <see cref="Send{T}(HttpMessageInvoker, HttpRequestMessage)"/> reads; default camelCase.</summary>
    public static JsonSerializerOptions GlobalJsonSerializerOptions { get; set; } = new(JsonSerializerDefaults.Web);

    /// <summary>The longest that a call may take when nothing else is said: 100 s, as <see cref="HttpClient"/> has it.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(100);

    /// <summary>The raw lane: prepared bytes over kept connections, for loads at which the ordinary lane's own cost counts.</summary>
    /// <param name="target">Whose host and port all requests go to; <c>http</c> only.</param>
    public static RawClient Raw(Uri target) => new(target);

    /// <summary>A client without cookies, proxy, redirects, activity headers: what is asked is what is sent, and nothing is sent twice
    /// behind the caller's back. Meant to be shared by all iterations of a scenario.</summary>
    /// <remarks>On Linux plain http calls go over the engine's event loops, and what comes after an <c>await</c> of one goes on right there;
    /// TLS, other versions of HTTP and bodies without a known length go over .NET's own handler, as everything does elsewhere. That one asks
    /// again by itself when a connection ends before any answer to a request without a body.</remarks>
    public static HttpMessageInvoker CreateClient() => CreateClient(EventLoops.AreThere);

    internal static HttpMessageInvoker CreateClient(bool onLoops)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        };
        return onLoops ? new LaneClient(new LaneHandler(handler)) : new HttpMessageInvoker(handler, disposeHandler: true);
    }

    /// <summary>Sends a request and reads its whole answer, within <see cref="DefaultTimeout"/>.</summary>
    public static Task<Response<HttpResponseMessage>> Send(HttpMessageInvoker client, HttpRequestMessage request) =>
        Send(client, request, DefaultTimeout, CancellationToken.None);

    /// <summary>Sends a request and reads its whole answer as JSON; one that is none is unknown, <c>bad-answer</c>.</summary>
    public static async Task<Response<HttpResponse<T>>> Send<T>(HttpMessageInvoker client, HttpRequestMessage request)
    {
        Response<HttpResponseMessage> response = await Send(client, request);
        T? data = default;
        bool bad = false;
        if (!response.IsError && response.Payload is { Value: { } answer })
        {
            try
            {
                data = await answer.Content.ReadFromJsonAsync<T>(GlobalJsonSerializerOptions);
            }
            catch (JsonException)
            {
                bad = true;
            }
        }

        return new Response<HttpResponse<T>>
        {
            Outcome = bad ? Outcome.Unknown : response.Outcome,
            Error = bad ? "bad-answer" : response.Error,
            StatusCode = response.StatusCode,
            SizeBytes = response.SizeBytes,
            Message = response.Message,
            Payload = response.Payload is { } payload ? new Payload<HttpResponse<T>>(new HttpResponse<T>(payload.Value, data)) : null,
        };
    }

    /// <summary>Sends a request and reads its whole answer.</summary>
    /// <param name="client">An <see cref="HttpClient"/> is one too.</param>
    /// <param name="request">Used up.</param>
    /// <param name="timeout">For the whole call; passing it is an outcome, <c>timeout</c> and unknown.</param>
    /// <param name="runToken">The run's end.</param>
    /// <exception cref="OperationCanceledException"><paramref name="runToken"/> fired: the call is no sample.</exception>
    public static Task<Response<HttpResponseMessage>> Send(
        HttpMessageInvoker client, HttpRequestMessage request, TimeSpan timeout, CancellationToken runToken) =>
        client is LaneClient lane && RequestWriter.CanWrite(request)
            ? lane.SendAsync(request, timeout, runToken)
            : SendElsewhereAsync(client, request, timeout, runToken);

    private static async Task<Response<HttpResponseMessage>> SendElsewhereAsync(
        HttpMessageInvoker client, HttpRequestMessage request, TimeSpan timeout, CancellationToken runToken)
    {
        using CallLimit limit = CallLimit.Begin(timeout, runToken);
        try
        {
            HttpResponseMessage answer = await client.SendAsync(request, limit.Token);
            await answer.Content.LoadIntoBufferAsync(limit.Token);
            return ResponseTo(answer);
        }
        catch (OperationCanceledException) when (!runToken.IsCancellationRequested)
        {
            return Response.Unknown<HttpResponseMessage>(ErrorClass.Timeout, message: $"no answer within {timeout.TotalSeconds} s");
        }
        catch (HttpRequestException failure) when (!runToken.IsCancellationRequested)
        {
            return ResponseTo(failure);
        }
        catch (IOException failure) when (!runToken.IsCancellationRequested)
        {
            return Response.Unknown<HttpResponseMessage>(ErrorClass.Of(failure), message: failure.Message);
        }
    }

    private static Response<HttpResponseMessage> ResponseTo(HttpResponseMessage answer)
    {
        Outcome outcome = HttpOutcome.Of(answer.StatusCode);
        return new Response<HttpResponseMessage>
        {
            Outcome = outcome,
            Error = outcome == Outcome.Ok ? "" : HttpOutcome.ErrorOf(answer.StatusCode),
            StatusCode = HttpOutcome.NameOf(answer.StatusCode),
            SizeBytes = answer.Content.Headers.ContentLength ?? 0,
            Payload = new Payload<HttpResponseMessage>(answer),
        };
    }

    private static Response<HttpResponseMessage> ResponseTo(HttpRequestException failure) => new()
    {
        Outcome = HttpOutcome.Of(failure),
        Error = ErrorClass.Of(failure),
        Message = failure.Message,
    };
}

/// <summary>An answer and what its body held; null when it was not read as JSON.</summary>
public sealed record HttpResponse<T>(HttpResponseMessage Response, T? Data);
