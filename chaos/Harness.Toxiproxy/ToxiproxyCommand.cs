using System.Runtime.InteropServices;
using Harness.Toxiproxy.Command;

namespace Harness.Toxiproxy;

/// <summary>The stand-alone server, with the flags of <c>toxiproxy-server</c>.</summary>
public static class ToxiproxyCommand
{
    private const string Usage = """
        Usage: harness toxiproxy [flags]
          -host HOST          where the control API listens (localhost)
          -port PORT          its port (8474; 0 takes a free one)
          -config FILE        a JSON file with proxies, as for POST /populate
          -seed N             makes toxicity and jitter repeat
          -proxy-metrics      GET /metrics tells bytes by proxy
          -runtime-metrics    GET /metrics tells about the process
          -token TOKEN        changes must carry "Authorization: Bearer TOKEN"
          -data-plane NAME    epoll (Linux) or portable
          -exit-with-stdin    ends when its input ends: with whoever started it, however that ends
          -version            prints the version and exits
        Environment: LOG_LEVEL = panic fatal error warn info debug trace
        Example: harness toxiproxy -port 8474 -config proxies.json
        """;

    /// <summary>Serves until <paramref name="ct"/> or a signal (SIGINT, SIGTERM) ends it.</summary>
    /// <returns>0 when it was ended, 2 for flags that make no sense, 1 when it cannot listen.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken ct)
    {
        CommandLine line = CommandLine.Parse(args);
        ToxiproxyServerOptions options = Options(line, stdout);
        if (line.Problems.Count > 0)
        {
            await stderr.WriteLineAsync(string.Join(Environment.NewLine, [.. line.Problems, Usage]));
            return 2;
        }
        if (line.Has("help") || line.Has("h"))
            return await SayAsync(stdout, Usage);
        if (line.Has("version"))
            return await SayAsync(stdout, $"toxiproxy-server version {ToxiproxyServer.CompatibleVersion}");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (line.Has("exit-with-stdin"))
            EndWithInput(ending);
        return await ServeAsync(options, stderr, ending.Token);
    }

    // A thread of its own: a read of the console cannot be cancelled, and must not keep the process alive.
    private static void EndWithInput(CancellationTokenSource ending) => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
            continue;
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The server ended first.
            return;
        }
    }) { IsBackground = true, Name = "toxiproxy-input" }.Start();

    private static ToxiproxyServerOptions Options(CommandLine line, TextWriter log) => new()
    {
        Host = line.Text("host") ?? "localhost",
        Port = line.Number("port", 0, 65535) ?? 8474,
        Seed = line.Number("seed", int.MinValue, int.MaxValue),
        ConfigFile = line.Text("config"),
        Token = line.Text("token"),
        DataPlane = line.Text("data-plane"),
        ProxyMetrics = line.Has("proxy-metrics"),
        RuntimeMetrics = line.Has("runtime-metrics"),
        Log = log,
        LogLevel = Environment.GetEnvironmentVariable("LOG_LEVEL"),
    };

    private static async Task<int> SayAsync(TextWriter stdout, string text)
    {
        await stdout.WriteLineAsync(text);
        return 0;
    }

    private static async Task<int> ServeAsync(ToxiproxyServerOptions options, TextWriter stderr, CancellationToken ct)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration cancelled = ct.Register(() => ended.TrySetResult());
        using PosixSignalRegistration interrupt = EndOn(PosixSignal.SIGINT, ended);
        using PosixSignalRegistration terminate = EndOn(PosixSignal.SIGTERM, ended);
        try
        {
            await using ToxiproxyServer server = await ToxiproxyServer.StartAsync(options, ct);
            using var trim = new IdleTrim(options.Time);
            await ended.Task;
            return 0;
        }
        catch (ToxiproxyException refused)
        {
            await stderr.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static PosixSignalRegistration EndOn(PosixSignal signal, TaskCompletionSource ended) => PosixSignalRegistration.Create(signal, context =>
    {
        // Ours to end in order, not the runtime's to end at once.
        context.Cancel = true;
        ended.TrySetResult();
    });
}
