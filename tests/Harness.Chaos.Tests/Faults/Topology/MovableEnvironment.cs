using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Harness.Chaos.Environments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Tests.Faults.Topology;

/// <summary>One part that may move and multiply, behind one edge: a redis-server, because it can say at which port it listens.</summary>
internal sealed class MovableEnvironment : IRunningEnvironment
{
    public const string PartName = "teller";

    private readonly string _folder = Directory.CreateTempSubdirectory("harness-test-").FullName;
    private readonly ToxiproxyServer _server;
    private readonly ServicePart _part;
    private readonly int _proxyPort;

    private MovableEnvironment(ToxiproxyServer server, ToxiproxyClient client, int home, int proxyPort)
    {
        (_server, Proxies, Home, _proxyPort) = (server, client, home, proxyPort);
        _part = new ServicePart(PartName, home, Instance, [Edge.ToString()], client);
    }

    public static Edge Edge { get; } = new("client", PartName);

    /// <summary>The port at which it is started.</summary>
    public int Home { get; }

    public IReadOnlyList<Edge> Edges => [Edge];

    public ToxiproxyClient Proxies { get; }

    public Uri ProxyApi => _server.Url;

    public IReadOnlyList<RunningService> Services => [];

    public IReadOnlyList<IRunningPart> Parts => [_part];

    public static async Task<MovableEnvironment> StartAsync()
    {
        CancellationToken testToken = TestContext.Current.CancellationToken;
        ToxiproxyServer server = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Port = 0, Seed = 1 }, testToken);
        var client = new ToxiproxyClient(server.Url);
        int home = FreePort.Take(1)[0];
        Proxy proxy = await client.CreateProxyAsync(Edge.ToString(), "127.0.0.1:0", $"127.0.0.1:{home}", testToken);
        var environment = new MovableEnvironment(server, client, home, new Uri("http://" + proxy.Listen).Port);
        await environment._part.StartAsync(testToken);
        return environment;
    }

    /// <summary>The port of whoever answers on the edge; null when nobody does.</summary>
    public async Task<int?> WhoAnswersAsync()
    {
        using var caller = new TcpClient();
        try
        {
            await caller.ConnectAsync("127.0.0.1", _proxyPort, TestContext.Current.CancellationToken);
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes("CONFIG GET port\r\n"), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(caller.GetStream());
            string? line = "";
            for (int lines = 0; lines < 5 && line is not null; lines++)
                line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
            return line is null ? null : int.Parse(line, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _part.DisposeAsync();
        Proxies.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private OrderSystemPart Instance(int number, int port)
    {
        string name = $"{PartName}-{number}";
        string[] command = ["redis-server", "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--dir", _folder];
        // It does not end with its input as our own do, so a shell does it for it.
        string[] ending = ["/bin/sh", "-c", "exec 3<&0; \"$@\" 3<&- & cat <&3 >/dev/null; kill $!; wait $!", "sh", .. command];
        return new OrderSystemPart(
            name, () => ChildProcess.Start(name, ending, Path.Combine(_folder, $"{name}.log")), (_, token) => Readiness.AnswersPingAsync(port, Readiness.Limit, token));
    }
}
