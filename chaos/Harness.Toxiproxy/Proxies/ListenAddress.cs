using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Proxies;

/// <summary>Where a proxy is to listen: the text as given, and what it resolves to.</summary>
/// <param name="Text">As given.</param>
/// <param name="EndPoint">Null when it cannot be resolved; port 0 asks for a free one.</param>
/// <param name="Problem">Why it cannot be resolved; null when it can.</param>
internal sealed record ListenAddress(string Text, IPEndPoint? EndPoint, string? Problem)
{
    /// <summary>Resolves before any lock is taken: a slow name server must not hold up the other calls.</summary>
    public static async Task<ListenAddress> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        if (HostPort.Problem(text, out string host, out int port) is { } problem)
            return new ListenAddress(text, null, problem);
        if (host.Length == 0)
            return new ListenAddress(text, new IPEndPoint(IPAddress.Any, port), null);
        if (IPAddress.TryParse(host, out IPAddress? literal))
            return new ListenAddress(text, new IPEndPoint(literal, port), null);
        return await LookUpAsync(text, host, port, cancellationToken);
    }

    /// <summary>Whether a proxy that stands at <paramref name="current"/> would have to move. A free port always moves;
    /// two ways to write the same address do not.</summary>
    public bool DiffersFrom(string current)
    {
        if (EndPoint is not { Port: > 0 } wanted)
            return true;
        if (EndPoint.ToString() == current || Text == current)
            return false;
        return !(IPEndPoint.TryParse(current, out IPEndPoint? now) && now.Port == wanted.Port && IsWildcard(now) && IsWildcard(wanted));
    }

    /// <summary>Opens the socket.</summary>
    /// <exception cref="ApiException">500 with the operating system's reason.</exception>
    public Socket Open()
    {
        if (EndPoint is null)
            throw ApiException.Internal($"listen tcp: {Problem}");
        IPEndPoint bindTo = IsWildcard(EndPoint) ? Wildcard(EndPoint.Port) : EndPoint;
        Socket? socket = null;
        try
        {
            socket = new Socket(bindTo.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (bindTo.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(bindTo);
            socket.Listen(int.MaxValue);
            return socket;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            throw ApiException.Internal($"listen tcp {EndPoint}: {(socket is null ? "socket" : "bind")}: {Reason(failure)}");
        }
    }

    private static bool IsWildcard(IPEndPoint address) => address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any);

    private static IPEndPoint Wildcard(int port) => new(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port);

    private static async Task<ListenAddress> LookUpAsync(string text, string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(host, cancellationToken);
            IPAddress chosen = found.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? found[0];
            return new ListenAddress(text, new IPEndPoint(chosen, port), null);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return new ListenAddress(text, null, $"lookup {host}: no such host");
        }
    }

    private static string Reason(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "address already in use",
        SocketError.AddressNotAvailable => "cannot assign requested address",
        SocketError.AccessDenied => "permission denied",
        SocketError.TooManyOpenSockets => "too many open files",
        _ => failure.Message.ToLowerInvariant(),
    };
}
