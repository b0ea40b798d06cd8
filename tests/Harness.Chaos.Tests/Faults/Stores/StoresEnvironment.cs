using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Stores;
using Harness.Chaos.Tests.Faults.Stores;
using Harness.Toxiproxy;
using Npgsql;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(StoresEnvironment))]

namespace Harness.Chaos.Tests.Faults.Stores;

/// <summary>A real redis-server and a real PostgreSQL with one database, and no services; started when the first test asks for them.</summary>
public sealed class StoresEnvironment : IRunningEnvironment
{
    public const string Database = "orders";

    private readonly string _folder = Directory.CreateTempSubdirectory("harness-test-").FullName;
    private readonly Lazy<Task> _started;
    private readonly List<OrderSystemPart> _parts = [];
    private readonly List<RunningStore> _stores = [];

    public StoresEnvironment() => _started = new Lazy<Task>(StartAsync);

    public IReadOnlyList<Edge> Edges => [];

    public ToxiproxyClient Proxies => throw new InvalidOperationException("It has no edges.");

    public Uri ProxyApi => throw new InvalidOperationException("It has no edges.");

    public IReadOnlyList<RunningService> Services => [];

    public IReadOnlyList<IRunningPart> Parts => _parts;

    public IReadOnlyList<RunningStore> Stores => _stores;

    /// <summary>Waits until both answer.</summary>
    public Task ReadyAsync() => _started.Value;

    /// <summary>A client of the cache, as a service has one.</summary>
    public async Task<ConnectionMultiplexer> ConnectRedisAsync() => await ConnectionMultiplexer.ConnectAsync(_stores.First(store => store.Name == "redis").Connection + ",allowAdmin=true");

    /// <summary>A client of the database, as a service has one.</summary>
    public NpgsqlDataSource OpenDatabase() =>
        NpgsqlDataSource.Create(_stores.First(store => store.Name == "postgres").Connection + ";Database=" + Database);

    public async ValueTask DisposeAsync()
    {
        foreach (OrderSystemPart part in _parts)
            await part.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        string[] missing = [.. LocalEnvironment.MissingRedis(), .. LocalEnvironment.MissingPostgres()];
        Assert.True(missing.Length == 0, string.Join("; ", missing));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        await Task.WhenAll(StartAsync(new RedisPart()), StartAsync(new PostgresPart([Database])));
    }

    private async Task StartAsync(IStorePart store)
    {
        int port = FreePort.Take(1)[0];
        string folder = Path.Combine(_folder, store.Name);
        Directory.CreateDirectory(folder);
        var request = new EnvironmentRequest
        {
            TargetCommand = [], StoreCommand = [], Switches = new Dictionary<string, string>(), Seed = 1,
            LogFile = name => Path.Combine(_folder, $"{name}.log"), Exited = _ => { },
        };
        IReadOnlyList<string> command = await store.PrepareAsync(port, folder, request, CancellationToken.None);
        var part = new OrderSystemPart(
            store.Name, () => ChildProcess.Start(store.Name, command, request.LogFile(store.Name)), (_, token) => store.ReadyAsync(port, token));
        lock (_parts)
        {
            _parts.Add(part);
            _stores.Add(new RunningStore(store.Name, store.Connection(port)));
        }

        await part.StartAsync(CancellationToken.None);
    }
}
