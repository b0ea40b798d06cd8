using System.Net;
using System.Text;
using Harness.Target.Mesh;
using Harness.Target.Observability;
using Harness.Target.Resilience;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Target.Tests.Mesh;

/// <summary>What a sidecar makes of the answers that its tries get.</summary>
public sealed class EdgeHandlerTests : IDisposable
{
    private static readonly EdgePolicy Policy = EdgePolicies.Between(ServiceName.Orders, ServiceName.Payments) with { RetryDelay = TimeSpan.Zero, BreakerCallsMin = 4 };
    private readonly Wire _wire = new();
    private readonly HttpMessageInvoker _sidecar;

    public EdgeHandlerTests() => _sidecar = new HttpMessageInvoker(new EdgeHandler(
        Policy, new EdgePipelines(true, new MetricRegistry(), TimeProvider.System, new Random(1), NullLogger<EdgePipelines>.Instance), _wire));

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => _sidecar.Dispose();

    [Fact]
    public async Task Repeats_a_request_whole_until_an_answer_is_right()
    {
        _wire.Answers(_ => throw new HttpRequestException("broken"), _ => Answer(503), _ => Answer(200));
        using var answer = await SendAsync(HttpMethod.Put);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Enumerable.Repeat("PUT /x the body text/plain; charset=utf-8 trace-1", 3), _wire.Requests);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task Repeats_what_is_not_idempotent_only_when_it_carries_a_key(bool hasKey, int tries)
    {
        _wire.Answers(_ => Answer(503), _ => Answer(503), _ => Answer(503));
        using var answer = await SendAsync(HttpMethod.Post, hasKey);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, tries), (answer.StatusCode, _wire.Requests.Count));
        Assert.Equal("503 of the callee", await answer.Content.ReadAsStringAsync(Ended));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(202)]
    public async Task Hands_on_what_is_no_failure_of_the_callee(int status)
    {
        _wire.Answers(_ => Answer(status));
        using var answer = await SendAsync(HttpMethod.Get);
        Assert.Equal((status, $"{status} of the callee"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ended)));
    }

    [Fact]
    public async Task Takes_an_answer_that_breaks_off_for_a_failed_try()
    {
        _wire.Answers(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BreakingStream()) }, _ => Answer(200));
        using var answer = await SendAsync(HttpMethod.Get);
        Assert.Equal(("200 of the callee", 2), (await answer.Content.ReadAsStringAsync(Ended), _wire.Requests.Count));
    }

    [Fact]
    public async Task Says_why_it_could_not_hand_a_call_on()
    {
        _wire.Answers([.. Enumerable.Repeat<Func<CancellationToken, HttpResponseMessage>>(_ => throw new HttpRequestException("no route"), 6)]);
        using var broken = await SendAsync(HttpMethod.Get);
        using var half = await SendAsync(HttpMethod.Get); // its first try is the fourth in all
        using var open = await SendAsync(HttpMethod.Get);

        Assert.Equal((502, 503), ((int)broken.StatusCode, (int)open.StatusCode));
        Assert.Contains("payments: no route.", await broken.Content.ReadAsStringAsync(Ended), StringComparison.Ordinal);
        Assert.Contains("the breaker is open", await open.Content.ReadAsStringAsync(Ended), StringComparison.Ordinal);
        Assert.Equal(("application/problem+json", Policy.BreakerPause), (open.Content.Headers.ContentType!.MediaType, open.Headers.RetryAfter!.Delta));
        Assert.Equal(4, _wire.Requests.Count);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, bool hasKey = false)
    {
        using var request = new HttpRequestMessage(method, "https://payments.order-system.internal/x");
        request.Headers.Add("traceparent", "trace-1");
        if (method != HttpMethod.Get)
            request.Content = new StringContent("the body");
        if (hasKey)
            request.Headers.Add("Idempotency-Key", "key-1");
        return await _sidecar.SendAsync(request, Ended);
    }

    private static HttpResponseMessage Answer(int status) => new((HttpStatusCode)status) { Content = new StringContent($"{status} of the callee") };

    /// <summary>Answers as it was told, in turn, and keeps what it was asked.</summary>
    private sealed class Wire : HttpMessageHandler
    {
        private readonly Queue<Func<CancellationToken, HttpResponseMessage>> _answers = new();

        public List<string> Requests { get; } = [];

        public void Answers(params Func<CancellationToken, HttpResponseMessage>[] answers)
        {
            foreach (var answer in answers)
                _answers.Enqueue(answer);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is { } content ? $"{await content.ReadAsStringAsync(cancellationToken)} {content.Headers.ContentType} " : "";
            Requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath} {body}{request.Headers.GetValues("traceparent").Single()}");
            return _answers.Dequeue()(cancellationToken);
        }
    }

    private sealed class BreakingStream : MemoryStream
    {
        public BreakingStream()
            : base(Encoding.ASCII.GetBytes("half an ans"))
        {
        }

        public override int Read(Span<byte> buffer) => Position < Length ? base.Read(buffer) : throw new IOException("reset");

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new IOException("reset");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("reset");
    }
}
