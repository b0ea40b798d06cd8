using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Harness.EndToEnd.Tests;

/// <summary>Answers everything that it is asked with one status, and keeps the bodies that it was sent.</summary>
internal sealed class AnsweringServer : IDisposable
{
    private readonly HttpListener _listener;
    private int _answered;

    public AnsweringServer()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Url = $"http://{probe.LocalEndpoint}/";
        probe.Stop();
        _listener = new HttpListener();
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = AnswerAsync();
    }

    public string Url { get; }

    public int Status { get; init; } = 200;

    /// <summary>Each byte as one letter.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>Waits until so many were answered.</summary>
    public async Task AnsweredAsync(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (Volatile.Read(ref _answered) < count)
            await Task.Delay(20, limit.Token);
    }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            using var reader = new StreamReader(call.Request.InputStream, Encoding.Latin1);
            if (await reader.ReadToEndAsync() is { Length: > 0 } body)
                Bodies.Enqueue(body);
            call.Response.StatusCode = Status;
            call.Response.Close(Encoding.Latin1.GetBytes("hello"), willBlock: false);
            Interlocked.Increment(ref _answered);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Whoever asked did not wait.
        }
    }
}
