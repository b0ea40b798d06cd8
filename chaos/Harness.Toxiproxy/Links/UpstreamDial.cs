using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Loops;
using Harness.Toxiproxy.Planes;
using Harness.Toxiproxy.Proxies;

namespace Harness.Toxiproxy.Links;

/// <summary>Finds the addresses of an upstream, anew for each connection, and connects to the first that answers. Never blocks the loop.</summary>
internal sealed class UpstreamDial
{
    private readonly IDataPlane _plane;
    private readonly Loop _loop;
    private readonly Action<Peer?, SocketError> _done;
    private IPEndPoint[] _addresses = [];
    private int _next;

    private UpstreamDial(IDataPlane plane, Loop loop, Action<Peer?, SocketError> done) =>
        (_plane, _loop, _done) = (plane, loop, done);

    /// <summary>Connects to <paramref name="upstream"/> (<c>host:port</c>) and calls <paramref name="done"/> on the loop.</summary>
    public static void Start(IDataPlane plane, Loop loop, string upstream, Action<Peer?, SocketError> done)
    {
        var dial = new UpstreamDial(plane, loop, done);
        if (!HostPort.TrySplit(upstream, out string host, out int port))
            done(null, SocketError.AddressNotAvailable);
        else if (LiteralAddresses(host) is { } known)
            dial.Try(known, port);
        else
            _ = dial.ResolveAsync(host, port);
    }

    // "localhost" stays on this machine whatever a resolver says (RFC 6761), and costs no look-up.
    private static IPAddress[]? LiteralAddresses(string host) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : IPAddress.TryParse(host, out IPAddress? address) ? [address]
        : null;

    private async Task ResolveAsync(string host, int port)
    {
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(host);
            _loop.Post(() => Try(found, port));
        }
        catch (Exception unresolved) when (unresolved is SocketException or ArgumentException)
        {
            _loop.Post(() => _done(null, SocketError.HostNotFound));
        }
    }

    private void Try(IPAddress[] addresses, int port)
    {
        _addresses = [.. addresses.Select(a => new IPEndPoint(a, port))];
        TryNext(SocketError.HostNotFound);
    }

    private void TryNext(SocketError before)
    {
        if (_next == _addresses.Length)
        {
            _done(null, before);
            return;
        }
        _plane.Connect(_loop, _addresses[_next++], Tried);
    }

    private void Tried(Peer? peer, SocketError error)
    {
        if (peer is null)
            TryNext(error);
        else
            _done(peer, SocketError.Success);
    }
}
