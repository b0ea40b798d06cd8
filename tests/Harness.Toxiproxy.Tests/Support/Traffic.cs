using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>What tests do with a connection.</summary>
public static class Traffic
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<string> RoundTripAsync(Socket client, string text)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(text), Token);
        return Encoding.UTF8.GetString(await ReadExactlyAsync(client, text.Length));
    }

    public static async Task<byte[]> ReadExactlyAsync(Socket client, int length)
    {
        byte[] bytes = new byte[length];
        int read = 0;
        while (read < length)
        {
            int count = await client.ReceiveAsync(bytes.AsMemory(read), Token);
            Assert.True(count > 0, $"The stream ended after {read} of {length} bytes.");
            read += count;
        }
        return bytes;
    }

    public static async Task<byte[]> ReadToEndAsync(Socket client)
    {
        var all = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        int count;
        while ((count = await client.ReceiveAsync(buffer, Token)) > 0)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    /// <summary>True when the stream ended with a RST.</summary>
    public static async Task<bool> EndsInResetAsync(Socket client)
    {
        try
        {
            await ReadToEndAsync(client);
            return false;
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    public static async Task<TimeSpan> TimeAsync(Func<Task> action)
    {
        long start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start);
    }

    public static byte[] RandomBytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
