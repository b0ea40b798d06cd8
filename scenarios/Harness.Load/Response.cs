using System.Runtime.CompilerServices;

namespace Harness.Load;

/// <summary>Makes the answers of steps and iterations. <c>Ok</c> and <c>Fail</c> are NBomber's; <c>Refused</c> and <c>Unknown</c> say what a
/// plain failure cannot: whether the call may have had an effect.</summary>
public static class Response
{
    private const string UnnamedFailure = "fail";

    // An Ok without details is the answer of nearly every iteration, so it is made once.
    private static readonly Response<object> PlainOk = new() { Outcome = Outcome.Ok };

    public static Response<object> Ok() => PlainOk;

    public static Response<object> Ok(string statusCode = "", long sizeBytes = 0, string message = "") =>
        new() { Outcome = Outcome.Ok, StatusCode = statusCode, SizeBytes = sizeBytes, Message = message };

    public static Response<T> Ok<T>(T payload, string statusCode = "", long sizeBytes = 0, string message = "") =>
        new() { Outcome = Outcome.Ok, StatusCode = statusCode, SizeBytes = sizeBytes, Message = message, Payload = new(payload) };

    /// <summary>Without a payload.</summary>
    public static Response<T> Ok<T>(string statusCode = "", long sizeBytes = 0, string message = "") =>
        new() { Outcome = Outcome.Ok, StatusCode = statusCode, SizeBytes = sizeBytes, Message = message };

    /// <summary>A failure of which nothing more is said: it counts as refused, under its status code.</summary>
    public static Response<object> Fail(string statusCode = "", string message = "", long sizeBytes = 0) =>
        Refused<object>(ClassOf(statusCode), statusCode, message, sizeBytes);

    /// <inheritdoc cref="Fail(string, string, long)"/>
    public static Response<T> Fail<T>(string statusCode = "", string message = "", long sizeBytes = 0) =>
        Refused<T>(ClassOf(statusCode), statusCode, message, sizeBytes);

    /// <summary>A failure that has something to give all the same.</summary>
    /// <inheritdoc cref="Fail(string, string, long)"/>
    // Fail("500") means the status.
    [OverloadResolutionPriority(-1)]
    public static Response<T> Fail<T>(T payload, string statusCode = "", string message = "", long sizeBytes = 0) => new()
    {
        Outcome = Outcome.Refused,
        Error = ClassOf(statusCode),
        StatusCode = statusCode,
        Message = message,
        SizeBytes = sizeBytes,
        Payload = new(payload),
    };

    /// <summary>It surely had no effect.</summary>
    /// <param name="error">The class under which it is counted, <c>connection-refused</c>; one of a few, never a whole message.</param>
    /// <param name="statusCode">As the protocol has it.</param>
    /// <param name="message">For people.</param>
    /// <param name="sizeBytes">Received and sent.</param>
    public static Response<object> Refused(string error, string statusCode = "", string message = "", long sizeBytes = 0) =>
        Refused<object>(error, statusCode, message, sizeBytes);

    /// <inheritdoc cref="Refused(string, string, string, long)"/>
    public static Response<T> Refused<T>(string error, string statusCode = "", string message = "", long sizeBytes = 0) =>
        new() { Outcome = Outcome.Refused, Error = error, StatusCode = statusCode, Message = message, SizeBytes = sizeBytes };

    /// <summary>It may have had an effect, now or later.</summary>
    /// <inheritdoc cref="Refused(string, string, string, long)" path="/param"/>
    public static Response<object> Unknown(string error, string statusCode = "", string message = "", long sizeBytes = 0) =>
        Unknown<object>(error, statusCode, message, sizeBytes);

    /// <inheritdoc cref="Unknown(string, string, string, long)"/>
    public static Response<T> Unknown<T>(string error, string statusCode = "", string message = "", long sizeBytes = 0) =>
        new() { Outcome = Outcome.Unknown, Error = error, StatusCode = statusCode, Message = message, SizeBytes = sizeBytes };

    private static string ClassOf(string statusCode) => statusCode.Length > 0 ? statusCode : UnnamedFailure;
}
