using System.Net;

namespace Harness.Toxiproxy;

/// <summary>A Toxiproxy did not do what was asked; the message says which proxy and what the server answered.</summary>
public sealed class ToxiproxyException : Exception
{
    public ToxiproxyException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    public ToxiproxyException(string message, HttpStatusCode status, string serverError)
        : base(message) => (Status, ServerError) = (status, serverError);

    /// <summary>What the server answered; null when it did not.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>The server's own words; null when it did not answer.</summary>
    public string? ServerError { get; }
}
