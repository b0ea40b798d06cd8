using System.Net;
using System.Net.Http.Headers;
using Harness.Target.Resilience;
using Microsoft.AspNetCore.Mvc;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Harness.Target.Mesh;

/// <summary>
/// Puts the policy of an edge around the calls that a sidecar hands on. It reads requests and answers whole, so that a try can be repeated
/// and an answer that breaks off half-way is a failed try and not the caller's trouble; both are small here, and bounded.
/// </summary>
/// <remarks>
/// What it cannot see it does not guess: only what may be done twice is tried again, which is a safe or idempotent method or a request
/// with an <c>Idempotency-Key</c>. An answer of 500 or more is a failure, as it is to a caller that holds the policy itself.
/// </remarks>
internal sealed class EdgeHandler(EdgePolicy policy, EdgePipelines pipelines, HttpMessageHandler wire) : DelegatingHandler(wire)
{
    internal const int BodyBytesMax = 1024 * 1024;
    private static readonly HttpMethod[] Repeatable = [HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Put, HttpMethod.Delete];
    private readonly ResiliencePipeline _pipeline = pipelines.Build(policy, failure => failure is HttpRequestException);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(EdgePipelines.NotRepeatable, !Repeatable.Contains(request.Method) && !request.Headers.Contains("Idempotency-Key"));
        try
        {
            return await _pipeline.ExecuteAsync(tried => new ValueTask<HttpResponseMessage>(TryAsync(request, body, tried.CancellationToken)), context);
        }
        catch (FailedAnswerException failed)
        {
            return failed.Answer;
        }
        catch (TimeoutRejectedException)
        {
            return Problem(HttpStatusCode.GatewayTimeout, "it did not answer in time");
        }
        catch (ExecutionRejectedException refused)
        {
            return Problem(HttpStatusCode.ServiceUnavailable, refused is BrokenCircuitException ? "the breaker is open" : "too many calls are under way");
        }
        catch (HttpRequestException broken)
        {
            return Problem(HttpStatusCode.BadGateway, broken.Message);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, byte[]? body, CancellationToken cancellationToken)
    {
        // A message can be sent once, so each try has its own.
        using var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        Copy(request.Headers, copy.Headers);
        if (body is not null)
        {
            copy.Content = new ByteArrayContent(body);
            Copy(request.Content!.Headers, copy.Content.Headers);
        }

        var answer = await base.SendAsync(copy, cancellationToken);
        try
        {
            await answer.Content.LoadIntoBufferAsync(BodyBytesMax, cancellationToken);
        }
        catch
        {
            answer.Dispose();
            throw;
        }

        return (int)answer.StatusCode < 500 ? answer : throw new FailedAnswerException(answer);
    }

    private static void Copy(HttpHeaders from, HttpHeaders to)
    {
        foreach (var header in from.NonValidated)
            to.TryAddWithoutValidation(header.Key, header.Value);
    }

    private HttpResponseMessage Problem(HttpStatusCode status, string why)
    {
        var detail = new ProblemDetails { Status = (int)status, Title = "The sidecar could not hand the call on.", Detail = $"{policy.Edge}: {why}." };
        var answer = new HttpResponseMessage(status)
        {
            Content = JsonContent.Create(detail, new MediaTypeHeaderValue("application/problem+json")),
        };
        if (status == HttpStatusCode.ServiceUnavailable)
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(policy.BreakerPause);
        return answer;
    }

    /// <summary>An answer that counts against the callee, kept to be handed on should it be the last.</summary>
    private sealed class FailedAnswerException(HttpResponseMessage answer) : HttpRequestException($"{(int)answer.StatusCode}", null, answer.StatusCode)
    {
        public HttpResponseMessage Answer => answer;
    }
}
