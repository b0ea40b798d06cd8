using Harness.Target.Orders;
using Harness.Target.Orders.Keeping;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Orders.Keeping;

public sealed class StateStorageOnPostgresTests(PostgresServer server) : OrderStorageContract
{
    protected override IOrderStorage Storage { get; } = new StateStorage();

    protected override async Task<IStore> OpenAsync() => new PostgresStore(server.ConnectionString(await server.CreateDatabaseAsync()), OrderBook.Migrate);
}
