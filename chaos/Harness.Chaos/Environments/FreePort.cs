using System.Net;
using System.Net.Sockets;

namespace Harness.Chaos.Environments;

/// <summary>
/// Finds loopback ports for processes that cannot choose one themselves. They lie below those that Linux, macOS and
/// Windows give to outgoing connections, so that no connection takes one between the finding and the binding.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private static int _next = Random.Shared.Next(Count); // another place in every process: several may search at once

    /// <summary>Ports that nobody had when looked at; a process is not given the same one again before 12 000 others.</summary>
    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private static int Next()
    {
        for (int tried = 0; tried < Count; tried++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
                return port;
        }

        throw new IOException($"All ports of 127.0.0.1 from {First} to {First + Count - 1} are taken.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException) // taken, or kept back by the system
        {
            return false;
        }
    }
}
