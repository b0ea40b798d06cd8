using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>An address of this machine that nobody listens on.</summary>
public static class FreePort
{
    public static string Find()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket.LocalEndPoint!.ToString()!;
    }
}
