using System.Net.Sockets;
using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Loops;
using Harness.Toxiproxy.Planes;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Proxies;

/// <summary>The connections of one proxy on one loop; only touched there.</summary>
internal sealed class ConnectionGroup(ServedProxy proxy, IDataPlane plane, Loop loop)
{
    private HashSet<Connection>? _connections;

    public ServedProxy Proxy => proxy;

    public IDataPlane Plane => plane;

    public Loop Loop => loop;

    /// <summary>What a new connection gets.</summary>
    public ToxicChain Chain => proxy.Chain;

    public void Add(Connection connection)
    {
        (_connections ??= []).Add(connection);
        proxy.Traffic.Opened();
        if (proxy.Log.WantsDebug)
            proxy.Log.Debug("Accepted client", ("proxy", proxy.Name), ("client", connection.ClientAddress.ToString()));
        connection.Start();
    }

    public void Remove(Connection connection)
    {
        if (_connections?.Remove(connection) != true)
            return;
        proxy.Traffic.Closed();
        if (proxy.Log.WantsDebug)
        {
            proxy.Log.Debug(
                "Closed connection", ("proxy", proxy.Name), ("client", connection.ClientAddress.ToString()),
                ("bytes_up", $"{connection.BytesUp}"), ("bytes_down", $"{connection.BytesDown}"));
        }
    }

    /// <summary>Gives every connection the proxy's toxics as they are now; no matter how often or in which order it is asked.</summary>
    public void ApplyChain()
    {
        ToxicChain chain = proxy.Chain;
        foreach (Connection connection in Snapshot())
            connection.Apply(chain);
    }

    public void CloseAll()
    {
        foreach (Connection connection in Snapshot())
        {
            proxy.Traffic.WasCut();
            connection.Close();
        }
        _connections = null;
    }

    public void CountLink(Link link, bool failed) =>
        proxy.Traffic.LinkEnded(link.Stream, link.BytesRead, failed ? 0 : link.BytesWritten);

    public void DialFailed(Connection connection, SocketError error)
    {
        proxy.Traffic.DialFailed();
        proxy.Log.Error(
            "Unable to open connection to upstream", ("proxy", proxy.Name), ("client", connection.ClientAddress.ToString()),
            ("upstream", proxy.Upstream), ("error", error.ToString()));
    }

    public IEnumerable<Connection> Snapshot() => _connections is null ? [] : [.. _connections];
}
