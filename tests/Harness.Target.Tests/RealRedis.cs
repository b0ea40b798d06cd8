using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Stores;

namespace Harness.Target.Tests;

/// <summary>The machine's own redis-server, empty: one for each test that must not see another's keys.</summary>
public sealed class RealRedis : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly ChildProcess _process;

    public RealRedis()
    {
        Prerequisite.Require([.. LocalEnvironment.MissingRedis()]);
        _process = ChildProcess.Start("redis", HeldProgram.Command(
        [
            RedisPart.Program, "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--save", "",
        ]), Path.Combine(_folder, "log"));
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>Completes when it accepts connections: a client that tried before would go on trying for a while in its own time.</summary>
    public Task ListensAsync() => Eventually.TrueAsync(async () =>
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }, "redis-server listens");

    /// <summary>Ends it as a crash would, with whatever it had in memory.</summary>
    public async ValueTask KillAsync()
    {
        if (!_process.Stopping)
            await _process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
