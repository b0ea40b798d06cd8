namespace Harness.Load;

/// <summary>What a step or an iteration answered.</summary>
public interface IResponse
{
    Outcome Outcome { get; }

    /// <summary>The class of what went wrong, counted by name (<c>timeout</c>, <c>http-503</c>); empty when it is ok.</summary>
    string Error { get; }

    /// <summary>True unless the outcome is <see cref="Outcome.Ok"/>.</summary>
    bool IsError { get; }

    /// <summary>As the protocol has it, <c>200</c>; may be empty.</summary>
    string StatusCode { get; }

    /// <summary>Received and sent, as far as the caller knows; 0 when it does not say.</summary>
    long SizeBytes { get; }

    string Message { get; }
}

/// <summary>An answer that may carry what was received.</summary>
/// <typeparam name="T">The type of what was received; <see cref="object"/> for an answer without.</typeparam>
public sealed class Response<T> : IResponse
{
    public Outcome Outcome { get; init; }

    public string Error { get; init; } = "";

    public bool IsError => Outcome != Outcome.Ok;

    public string StatusCode { get; init; } = "";

    public long SizeBytes { get; init; }

    public string Message { get; init; } = "";

    /// <summary>What was received; null when the answer carries nothing.</summary>
    public Payload<T>? Payload { get; init; }
}

/// <summary>Something received, or its absence: <c>response.Payload?.Value</c>.</summary>
public sealed record Payload<T>(T Value);
