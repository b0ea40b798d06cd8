using System.Net.Sockets;

namespace Harness.Load.Raw;

/// <summary>Why a call has no answer.</summary>
/// <param name="Outcome">What a client may conclude; null when the call is no sample.</param>
/// <param name="Error">The class under which it is counted.</param>
/// <param name="Message">For people.</param>
/// <param name="Cause">What the system said; null when it was not the system.</param>
internal sealed record Failure(Outcome? Outcome, string Error, string Message, SocketError? Cause = null)
{
    /// <summary>The run ended first.</summary>
    public static Failure RunOver { get; } = new(null, ErrorClass.Cancelled, "the run is over");

    public static Failure Timeout(TimeSpan limit) =>
        new(Load.Outcome.Unknown, ErrorClass.Timeout, $"no answer within {limit.TotalSeconds} s");

    public static Failure ConnectTimeout(TimeSpan limit) =>
        new(Load.Outcome.Refused, "connect-timeout", $"no connection within {limit.TotalSeconds} s");

    /// <summary>It surely did not happen: there never was a connection to send anything on.</summary>
    public static Failure NotConnected(SocketError error) =>
        new(Load.Outcome.Refused, ErrorClass.Of(error), new SocketException((int)error).Message, error);

    public static Failure Broken(SocketError error) =>
        new(Load.Outcome.Unknown, ErrorClass.Of(error), new SocketException((int)error).Message, error);

    /// <param name="fault">What was wrong with the answer.</param>
    /// <param name="ended">Whether it was its early end.</param>
    public static Failure Faulty(string fault, bool ended) =>
        new(Load.Outcome.Unknown, ended ? "response-ended" : "invalid-response", fault);

    public Response<T> ToResponse<T>() => new() { Outcome = Outcome ?? Load.Outcome.Unknown, Error = Error, Message = Message };
}
