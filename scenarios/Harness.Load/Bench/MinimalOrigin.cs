using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Harness.Load.Bench;

/// <summary>A server that answers 13 bytes to whatever is asked, for machines without nginx: a thread for each connection and blocking calls,
/// which is as cheap as .NET's own sockets can be. <c>/status</c> tells how many requests there were, in nginx's words.</summary>
public static class MinimalOrigin
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nhello, world\n"u8.ToArray();

    private static long s_requests;

    /// <summary>Serves until the process ends.</summary>
    /// <param name="port">On the loopback interface.</param>
    public static void Run(int port)
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, port));
        Run(listening);
    }

    /// <summary>Serves until the process ends.</summary>
    /// <param name="listening">Bound.</param>
    public static void Run(Socket listening)
    {
        listening.Listen(1024);
        while (true)
        {
            Socket client = listening.Accept();
            client.NoDelay = true;
            new Thread(() => Serve(client), maxStackSize: 256 * 1024) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket client)
    {
        using Socket owned = client;
        byte[] buffer = new byte[4096];
        try
        {
            // One request at a time comes on a connection, in one piece: our clients pipeline nothing.
            while (client.Receive(buffer) is var count and > 0)
            {
                long requests = Interlocked.Increment(ref s_requests);
                client.Send(buffer.AsSpan(0, count).StartsWith("GET /status"u8) ? Status(requests) : Answer);
            }
        }
        catch (SocketException)
        {
            // The client went away.
        }
    }

    private static byte[] Status(long requests)
    {
        string body = string.Create(CultureInfo.InvariantCulture, $"Active connections: 1\nserver accepts handled requests\n 1 1 {requests}\n");
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    }
}
