using System.Globalization;
using Garnet;
using StackExchange.Redis;

namespace Harness.Target.Tests;

/// <summary>A real server that speaks Redis' protocol, empty, in this process: one for each test that must not see another's keys.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly GarnetServer _server;

    public RedisServer()
    {
        Port = FreePort.Next();
        _server = new GarnetServer(["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--memory", "64m", "--index", "4m"]);
        _server.Start();
    }

    public int Port { get; }

    public Task<ConnectionMultiplexer> ConnectAsync() =>
        ConnectionMultiplexer.ConnectAsync(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},connectTimeout=10000"));

    public void Dispose() => _server.Dispose();
}
