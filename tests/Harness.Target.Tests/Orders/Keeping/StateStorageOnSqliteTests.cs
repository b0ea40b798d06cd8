using Harness.Target.Orders;
using Harness.Target.Orders.Keeping;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Orders.Keeping;

public sealed class StateStorageOnSqliteTests : OrderStorageContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    protected override IOrderStorage Storage { get; } = new StateStorage();

    protected override Task<IStore> OpenAsync() => Task.FromResult<IStore>(new SqliteStore(Path.Combine(_folder, "orders.db"), OrderBook.Migrate));

    protected override ValueTask CloseAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
