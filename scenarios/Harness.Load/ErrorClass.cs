using System.Net.Sockets;

namespace Harness.Load;

/// <summary>Names the class of an exception, so that errors can be counted: a few short words, never a message with an address in it.</summary>
public static class ErrorClass
{
    public const string Timeout = "timeout";
    public const string Cancelled = "cancelled";
    public const string ConnectionRefused = "connection-refused";
    public const string ConnectionReset = "connection-reset";

    /// <summary>The class of the first cause that has a name of its own; else the type of the outermost exception.</summary>
    public static string Of(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (NameOf(cause) is { } name)
                return name;
        }

        return exception is OperationCanceledException ? Cancelled : exception.GetType().Name;
    }

    private static string? NameOf(Exception exception) => exception switch
    {
        TimeoutException => Timeout,
        SocketException socket => Of(socket.SocketErrorCode),
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "response-ended",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name-not-resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls-failed",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "invalid-response",
        _ => null,
    };

    internal static string Of(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => ConnectionRefused,
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted => ConnectionReset,
        SocketError.TimedOut => Timeout,
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "name-not-resolved",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "unreachable",
        SocketError.TooManyOpenSockets => "too-many-sockets",
        SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable => "no-local-port",
        _ => "socket-error",
    };
}
