using System.Net;
using System.Net.Sockets;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Loading;

/// <summary>Checks, before anything is sent, that a target may be loaded and that somebody listens there.</summary>
internal sealed class TargetAddresses(ICollection<Problem> problems)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>The address; null, and a problem, when it cannot be loaded.</returns>
    public Uri? Check(string option, string text, bool allowRemote)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            problems.Add(new Problem(option, 0, 0, $"'{text}' is not an address; it takes http://HOST:PORT/path or https://…"));
            return null;
        }

        if (!allowRemote && !IsThisMachine(url))
        {
            problems.Add(new Problem(
                option, 0, 0, $"'{url.Host}' is not this machine; a load on a system of others can bring it down. If it is yours to load, say --allow-remote"));
            return null;
        }

        if (WhyUnreachable(url) is { } reason)
            problems.Add(new Problem(option, 0, 0, $"nobody answers at {url.Host}:{url.Port}: {reason}"));
        return url;
    }

    // By name or number, never by asking a name server: what a name resolves to may change while the load runs.
    private static bool IsThisMachine(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static string? WhyUnreachable(Uri url)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ConnectAsync(url.IdnHost, url.Port, limit.Token).AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (OperationCanceledException)
        {
            return $"no connection within {Patience.TotalSeconds:0} s";
        }
        catch (SocketException error)
        {
            return error.Message;
        }
    }
}
