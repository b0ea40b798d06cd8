using System.Net;
using System.Net.Sockets;

namespace Harness.Chaos.Environments;

/// <summary>Finds loopback ports for processes that cannot choose one themselves.</summary>
internal static class FreePort
{
    /// <summary>Ports that were all free at the same moment, so they differ from each other.</summary>
    public static int[] Take(int count)
    {
        var listeners = new List<TcpListener>(count);
        try
        {
            for (int i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                listeners.Add(listener);
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
