using Harness.Target.Storage;

namespace Harness.Target.Tests.Storage;

public sealed class SqliteStoreTests : StoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    public SqliteStoreTests() => Store = Open();

    protected override IStore Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Keeps_what_was_committed_when_it_is_opened_again()
    {
        await InsertAsync(Store, 1);
        Store.Dispose();
        using var again = Open();
        Assert.Equal(1, again.Read(Count));
    }

    protected override IStore Open() => new SqliteStore(Path.Combine(_folder, "test.db"), Migrate);
}
