using Harness.Target.Storage;
using Npgsql;

namespace Harness.Target.Tests.Storage;

public sealed class PostgresStoreTests(PostgresServer server) : StoreContract, IAsyncLifetime
{
    private readonly Relay _relay = new(server.Port);
    private string _database = "";
    private IStore? _store;

    protected override IStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task Fails_work_while_the_network_swallows_everything_and_goes_on_after_healing()
    {
        using var cuttable = new PostgresStore(server.ConnectionString(_database, _relay.Port), Migrate);
        await InsertAsync(cuttable, 1);
        _relay.BlackHole();
        // It says so itself after two seconds; the rest is for busy machines.
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => InsertAsync(cuttable, 2).WaitAsync(TimeSpan.FromSeconds(60), Ended));
        _relay.Heal();

        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return await InsertAsync(cuttable, 3) == 1;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }, "the database is reached again");
        Assert.Contains(3, Numbers());
        Assert.DoesNotContain(2, Numbers());
    }

    [Fact]
    public void Says_that_a_database_cannot_be_reached() =>
        Assert.ThrowsAny<NpgsqlException>(() => new PostgresStore($"Host=127.0.0.1;Port={FreePort.Next()};Database=x;Username=x", Migrate));

    protected override IStore Open() => new PostgresStore(server.ConnectionString(_database), Migrate);
}
