using System.Collections.Concurrent;
using System.Net.Sockets;
using Harness.Load.Raw;

namespace Harness.Load.Ordinary;

/// <summary>Sends plain HTTP/1.1 requests over the raw lane's connections, and leaves to .NET's own handler what that cannot do: TLS, other
/// versions, bodies without a known end, headers that change how a message is framed.</summary>
internal sealed class LaneHandler(HttpMessageHandler others) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _others = new(others, disposeHandler: true);
    private readonly ConcurrentDictionary<(string Host, int Port), LoopLane> _lanes = [];
    private readonly RequestTargets _targets = new();
    private AnswerHead? _lastHead;

    /// <inheritdoc cref="Http.Send(HttpMessageInvoker, HttpRequestMessage, TimeSpan, CancellationToken)"/>
    public async Task<Response<HttpResponseMessage>> SendAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken runToken)
    {
        RequestTarget target = _targets.Of(request.RequestUri!, this);
        LoopConnection connection = target.Lane.Rent();
        try
        {
            connection.Outgoing.Write(request, target);
            await connection.ExchangeAsync(request.Method == HttpMethod.Head, timeout, runToken);
            return connection.FailureOrNull() is { } failure ? failure.ToResponse<HttpResponseMessage>() : ResponseTo(connection, request);
        }
        finally
        {
            connection.Return();
        }
    }

    /// <summary>The connections to a host and port.</summary>
    public LoopLane LaneTo(string host, int port) => _lanes.GetOrAdd((host, port), static at => new LoopLane(at.Host, at.Port));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!RequestWriter.CanWrite(request))
            return await _others.SendAsync(request, cancellationToken);
        RequestTarget target = _targets.Of(request.RequestUri!, this);
        LoopConnection connection = target.Lane.Rent();
        try
        {
            connection.Outgoing.Write(request, target);
            await connection.ExchangeAsync(request.Method == HttpMethod.Head, Timeout.InfiniteTimeSpan, cancellationToken);
            return connection.FailureOrNull() is { } failure ? throw ExceptionFor(failure) : AnswerOf(connection, request);
        }
        finally
        {
            connection.Return();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _others.Dispose();
            foreach (LoopLane lane in _lanes.Values)
                lane.Dispose();
        }

        base.Dispose(disposing);
    }

    private Response<HttpResponseMessage> ResponseTo(LoopConnection connection, HttpRequestMessage request)
    {
        HttpResponseMessage answer = AnswerOf(connection, request);
        Outcome outcome = HttpOutcome.Of(answer.StatusCode);
        return new Response<HttpResponseMessage>
        {
            Outcome = outcome,
            Error = outcome == Outcome.Ok ? "" : HttpOutcome.ErrorOf(answer.StatusCode),
            StatusCode = HttpOutcome.NameOf(answer.StatusCode),
            SizeBytes = connection.Kept.Body.Length,
            Payload = new Payload<HttpResponseMessage>(answer),
        };
    }

    private HttpResponseMessage AnswerOf(LoopConnection connection, HttpRequestMessage request)
    {
        KeptAnswer kept = connection.Kept;
        // Answers of one second mostly have the same head, to the letter: it is read once.
        AnswerHead? head = Volatile.Read(ref _lastHead);
        if (head is null || !head.IsOf(kept.Head))
            Volatile.Write(ref _lastHead, head = AnswerHead.Read(kept.Head));
        return head.ToMessage(kept.Body.ToArray(), request);
    }

    private static HttpRequestException ExceptionFor(Failure failure)
    {
        Exception? cause = failure.Cause is { } error ? new SocketException((int)error) : null;
        return failure switch
        {
            { Outcome: Outcome.Refused, Error: "name-not-resolved" } => new(HttpRequestError.NameResolutionError, failure.Message, cause),
            { Outcome: Outcome.Refused } => new(HttpRequestError.ConnectionError, failure.Message, cause),
            { Error: "response-ended" } => new(HttpRequestError.ResponseEnded, failure.Message, new HttpIOException(HttpRequestError.ResponseEnded)),
            { Error: "invalid-response" } => new(HttpRequestError.InvalidResponse, failure.Message),
            _ => new(HttpRequestError.Unknown, failure.Message, cause),
        };
    }
}
