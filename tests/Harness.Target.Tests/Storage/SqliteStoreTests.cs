using Dapper;
using Harness.Target.Storage;
using Microsoft.Data.Sqlite;

namespace Harness.Target.Tests.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly SqliteStore _store;

    public SqliteStoreTests() => _store = Open();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Undoes_the_writes_of_work_that_throws_and_only_those()
    {
        var writes = Enumerable.Range(1, 100).Select(i => _store.WriteAsync(connection =>
        {
            connection.Execute("INSERT INTO numbers VALUES (@i)", new { i });
            return i % 3 == 0 ? throw new InvalidOperationException("a third") : i;
        }, Ended)).ToList();

        foreach (var write in writes.Where((_, i) => (i + 1) % 3 == 0))
            await Assert.ThrowsAsync<InvalidOperationException>(() => write);
        await Task.WhenAll(writes.Where((_, i) => (i + 1) % 3 != 0));
        Assert.Equal(Enumerable.Range(1, 100).Where(i => i % 3 != 0), Numbers());
    }

    [Fact]
    public async Task Survives_work_that_breaks_a_constraint()
    {
        await InsertAsync(_store, 1);
        await Assert.ThrowsAsync<SqliteException>(() => InsertAsync(_store, 1));
        await InsertAsync(_store, 2);
        Assert.Equal([1, 2], Numbers());
    }

    [Fact]
    public async Task Reads_one_snapshot_while_others_write()
    {
        await InsertAsync(_store, 1);
        using var read = new ManualResetEventSlim();
        using var written = new ManualResetEventSlim();
        var reading = Task.Run(() => _store.Read(connection =>
        {
            var before = Count(connection);
            read.Set();
            Assert.True(written.Wait(TimeSpan.FromSeconds(60), Ended));
            return (before, Count(connection));
        }), Ended);
        Assert.True(read.Wait(TimeSpan.FromSeconds(60), Ended));
        await InsertAsync(_store, 2);
        written.Set();
        Assert.Equal((1, 1), await reading);
    }

    [Fact]
    public async Task Lets_two_processes_write_to_one_file()
    {
        using var other = Open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => InsertAsync(i % 2 == 0 ? _store : other, i)));
        Assert.Equal(200, Numbers().Count);
    }

    [Fact]
    public async Task Refuses_work_when_too_much_is_waiting()
    {
        using var gate = new ManualResetEventSlim();
        var blocked = _store.WriteAsync(_ => gate.Wait(TimeSpan.FromSeconds(60), CancellationToken.None), Ended);
        var waiting = new List<Task>();
        var refused = await Assert.ThrowsAsync<StoreBusyException>(async () =>
        {
            for (var i = 0; i < 100_000; i++)
                waiting.Add(InsertAsync(_store, i));
            await Task.WhenAll(waiting);
        });
        gate.Set();
        Assert.True(await blocked);
        await Task.WhenAll(waiting);
        Assert.Equal(waiting.Count, Numbers().Count);
        Assert.NotEmpty(refused.Message);
    }

    [Fact]
    public async Task Keeps_what_was_committed_when_it_is_opened_again()
    {
        await InsertAsync(_store, 1);
        _store.Dispose();
        using var again = Open();
        Assert.Equal(1, again.Read(Count));
    }

    private static long Count(System.Data.IDbConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM numbers");

    private static Task<int> InsertAsync(SqliteStore store, int i) => store.WriteAsync(connection => connection.Execute("INSERT INTO numbers VALUES (@i)", new { i }), Ended);

    private List<int> Numbers() => _store.Read(connection => connection.Query<int>("SELECT i FROM numbers ORDER BY i").AsList());

    private SqliteStore Open() => new(Path.Combine(_folder, "test.db"), (connection, _) => connection.Execute("CREATE TABLE IF NOT EXISTS numbers (i INTEGER PRIMARY KEY)"));
}
