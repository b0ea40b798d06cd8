using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Harness.Load.Bench;

/// <summary>What is asked while measuring: a server in a process of its own that answers 13 bytes as cheaply as it can.</summary>
internal sealed class BenchOrigin : IDisposable
{
    private const string Body = "hello, world\n";

    private readonly HeldProcess _process;
    private readonly HttpClient _status = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly string? _folder;

    private BenchOrigin(HeldProcess process, string name, int port, string? folder)
    {
        _process = process;
        _folder = folder;
        Name = name;
        Url = new Uri($"http://127.0.0.1:{port}/");
    }

    public string Name { get; }

    public Uri Url { get; }

    public TimeSpan Cpu => _process.Cpu;

    /// <summary>nginx with one worker where it is installed, else our own.</summary>
    /// <param name="ownCommand">Program and arguments that run <see cref="MinimalOrigin"/>; the port is added.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<BenchOrigin> StartAsync(IReadOnlyList<string> ownCommand, CancellationToken cancellationToken)
    {
        int port = FreePort();
        BenchOrigin origin = HeldProcess.Find("nginx") is { } nginx ? StartNginx(nginx, port) : StartOwn(ownCommand, port);
        long begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await origin.CountAsync(cancellationToken);
                return origin;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(10))
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    /// <summary>How many requests it has had; this one is one of them.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        // The third line of nginx's stub_status: accepted, handled, requests.
        string status = await _status.GetStringAsync(new Uri(Url, "status"), cancellationToken);
        return long.Parse(status.Split('\n')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _status.Dispose();
        _process.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static BenchOrigin StartNginx(string nginx, int port)
    {
        string folder = Directory.CreateTempSubdirectory("harness-bench-").FullName;
        File.WriteAllText(Path.Combine(folder, "index.html"), Body);
        string configuration = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off; master_process off; pid {{folder}}/pid; error_log {{folder}}/error.log;
            events { worker_connections 4096; }
            http {
              access_log off; keepalive_requests 1000000000; keepalive_timeout 1h; open_file_cache max=10;
              client_body_temp_path {{folder}}/a; proxy_temp_path {{folder}}/b; fastcgi_temp_path {{folder}}/c; uwsgi_temp_path {{folder}}/d; scgi_temp_path {{folder}}/e;
              server {
                listen 127.0.0.1:{{port}}; root {{folder}};
                location = /status { stub_status; }
              }
            }
            """);
        return new BenchOrigin(HeldProcess.Start(nginx, "-p", folder, "-c", configuration), "nginx, one worker", port, folder);
    }

    private static BenchOrigin StartOwn(IReadOnlyList<string> command, int port) => new(
        HeldProcess.Start(command[0], [.. command.Skip(1), port.ToString(CultureInfo.InvariantCulture)]),
        "our own minimal origin (nginx is not installed)",
        port,
        folder: null);

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
