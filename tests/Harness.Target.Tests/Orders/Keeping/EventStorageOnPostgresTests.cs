using Harness.Target.Orders;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Orders.Keeping;

public sealed class EventStorageOnPostgresTests(PostgresServer server) : EventStorageContract
{
    protected override async Task<IStore> OpenAsync() => new PostgresStore(server.ConnectionString(await server.CreateDatabaseAsync()), OrderBook.Migrate);
}
