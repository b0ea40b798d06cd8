namespace Harness.Scenarios;

/// <summary>What came of one call, and what a client may conclude from it, in words that no load engine has a say in.</summary>
/// <param name="Outcome">Whether it took effect.</param>
/// <param name="Error">The class of what went wrong, <c>timeout</c>; empty when it is ok.</param>
/// <param name="StatusCode">As the protocol has it; may be empty.</param>
/// <param name="SizeBytes">Received.</param>
/// <param name="Message">For people.</param>
/// <param name="Value">What was received; null unless it is ok.</param>
internal sealed record Answer<T>(Records.Outcome Outcome, string Error, string StatusCode, int SizeBytes, string Message, T? Value)
    where T : class
{
    /// <summary>The same for the load engine.</summary>
    public Response<T> ToResponse() => Outcome switch
    {
        Records.Outcome.Ok when Value is { } value => Response.Ok(value, statusCode: StatusCode, sizeBytes: SizeBytes, message: Message),
        Records.Outcome.Refused => Response.Refused<T>(Error, statusCode: StatusCode, message: Message, sizeBytes: SizeBytes),
        _ => Response.Unknown<T>(Error, statusCode: StatusCode, message: Message, sizeBytes: SizeBytes),
    };
}
