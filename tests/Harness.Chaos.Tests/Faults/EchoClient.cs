using System.Diagnostics;
using System.Net.Sockets;

namespace Harness.Chaos.Tests.Faults;

/// <summary>One connection to an echoing service: what comes back of what was sent, however little.</summary>
internal sealed class EchoClient(Socket socket) : IDisposable
{
    /// <summary>Sends, and reads until as much is back, the connection ends or is reset, or <paramref name="patience"/> is over.</summary>
    /// <returns>What came back.</returns>
    public async Task<byte[]> AskAsync(byte[] sent, TimeSpan patience)
    {
        CancellationToken testToken = TestContext.Current.CancellationToken;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(testToken);
        limit.CancelAfter(patience);
        byte[] back = new byte[sent.Length];
        int got = 0;
        try
        {
            Task sending = socket.SendAsync(sent, limit.Token).AsTask();
            for (int read = -1; got < back.Length && read != 0; got += read)
                read = await socket.ReceiveAsync(back.AsMemory(got), limit.Token);
            await sending;
        }
        catch (OperationCanceledException) when (!testToken.IsCancellationRequested)
        {
            Ending = "silence";
        }
        catch (SocketException error)
        {
            Ending = error.SocketErrorCode.ToString();
        }

        return back[..got];
    }

    /// <summary>Null; or how the last question ended early: silence, or the error of the socket.</summary>
    public string? Ending { get; private set; }

    /// <summary>Ends our side, and waits for the other to end its own.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> CloseAsync()
    {
        long started = Stopwatch.GetTimestamp();
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        return Stopwatch.GetElapsedTime(started);
    }

    public void Dispose() => socket.Dispose();
}
