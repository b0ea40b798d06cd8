using System.Net.Http.Json;
using System.Text.Json;

namespace Harness.Load;

/// <content>Calls with <see cref="HttpClientArgs"/>.</content>
public static partial class Http
{
    /// <summary>Asks for a version of HTTP, <c>1.1</c> or <c>2.0</c>, and no other.</summary>
    /// <exception cref="ArgumentException">It is no version.</exception>
    public static HttpRequestMessage WithVersion(this HttpRequestMessage request, string version)
    {
        request.Version = Version.Parse(version);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }

    /// <summary>Sends a request within <see cref="DefaultTimeout"/>, or until the arguments' token fires.</summary>
    public static async Task<Response<HttpResponseMessage>> Send(HttpMessageInvoker client, HttpClientArgs clientArgs, HttpRequestMessage request)
    {
        try
        {
            return clientArgs.HttpCompletion == HttpCompletionOption.ResponseContentRead
                ? await Send(client, request, DefaultTimeout, clientArgs.CancellationToken)
                : ResponseTo(await client.SendAsync(request, clientArgs.CancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The arguments' token is the caller's patience, not the run's end: that it fired is an outcome.
            return Response.Unknown<HttpResponseMessage>(ErrorClass.Timeout);
        }
        catch (HttpRequestException failure)
        {
            return ResponseTo(failure);
        }
    }

    /// <summary>Sends a request and reads its whole answer as JSON; one that is none is unknown, <c>bad-answer</c>.</summary>
    public static async Task<Response<HttpResponse<T>>> Send<T>(HttpMessageInvoker client, HttpClientArgs clientArgs, HttpRequestMessage request)
    {
        Response<HttpResponseMessage> response = await Send(client, clientArgs, request);
        T? data = default;
        bool bad = false;
        if (!response.IsError && response.Payload is { Value: { } answer })
        {
            try
            {
                data = await answer.Content.ReadFromJsonAsync<T>(clientArgs.JsonSerializerOptions ?? GlobalJsonSerializerOptions, clientArgs.CancellationToken);
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
}
