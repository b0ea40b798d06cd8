using System.Data;
using System.Data.Common;
using Dapper;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Storage;

/// <summary>What every store must do, whatever it is built on; each kind of store runs it by deriving from it.</summary>
public abstract class StoreContract
{
    protected static CancellationToken Ended => TestContext.Current.CancellationToken;

    protected abstract IStore Store { get; }

    /// <summary>The same database once more, as another process would open it.</summary>
    protected abstract IStore Open();

    protected static void Migrate(IDbConnection connection, SqlDialect dialect) =>
        connection.Execute($"CREATE TABLE IF NOT EXISTS numbers (i INTEGER PRIMARY KEY); CREATE TABLE IF NOT EXISTS counted (sequence {dialect.Sequence}, i INTEGER, at_micros BIGINT NOT NULL DEFAULT {dialect.NowMicros})");

    [Fact]
    public async Task Knows_when_a_row_was_written()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        for (var i = 0; i < 3; i++)
            await Store.WriteAsync(connection => connection.Execute("INSERT INTO counted (i) VALUES (0)"), Ended);

        var written = Store.Read(connection => connection.Query<long>("SELECT at_micros FROM counted ORDER BY sequence").AsList());
        Assert.Equal(written.Order(), written);
        Assert.All(written, micros => Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000), before, DateTimeOffset.UtcNow.AddSeconds(1)));
    }

    [Fact]
    public async Task Undoes_the_writes_of_work_that_throws_and_only_those()
    {
        var writes = Enumerable.Range(1, 100).Select(i => Store.WriteAsync(connection =>
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
        await InsertAsync(Store, 1);
        await Assert.ThrowsAnyAsync<DbException>(() => InsertAsync(Store, 1));
        await InsertAsync(Store, 2);
        Assert.Equal([1, 2], Numbers());
    }

    [Fact]
    public async Task Reads_one_snapshot_while_others_write()
    {
        await InsertAsync(Store, 1);
        using var read = new ManualResetEventSlim();
        using var written = new ManualResetEventSlim();
        var reading = Task.Run(() => Store.Read(connection =>
        {
            var before = Count(connection);
            read.Set();
            Assert.True(written.Wait(TimeSpan.FromSeconds(60), Ended));
            return (before, Count(connection));
        }), Ended);
        Assert.True(read.Wait(TimeSpan.FromSeconds(60), Ended));
        await InsertAsync(Store, 2);
        written.Set();
        Assert.Equal((1, 1), await reading);
    }

    [Fact]
    public async Task Lets_two_processes_write_to_one_file()
    {
        using var other = Open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => InsertAsync(i % 2 == 0 ? Store : other, i)));
        Assert.Equal(200, Numbers().Count);
    }

    [Fact]
    public async Task Refuses_work_when_too_much_is_waiting()
    {
        using var gate = new ManualResetEventSlim();
        var blocked = Store.WriteAsync(_ => gate.Wait(TimeSpan.FromSeconds(60), CancellationToken.None), Ended);
        var waiting = new List<Task>();
        var refused = await Assert.ThrowsAsync<StoreBusyException>(async () =>
        {
            for (var i = 0; i < 100_000; i++)
                waiting.Add(InsertAsync(Store, i));
            await Task.WhenAll(waiting);
        });
        gate.Set();
        Assert.True(await blocked);
        await Task.WhenAll(waiting);
        Assert.Equal(waiting.Count, Numbers().Count);
        Assert.NotEmpty(refused.Message);
    }

    [Fact]
    public async Task Numbers_rows_in_the_order_of_their_commits()
    {
        using var other = Open();
        for (var i = 0; i < 10; i++)
            await (i % 2 == 0 ? Store : other).WriteAsync(connection => connection.Execute("INSERT INTO counted (i) VALUES (@i)", new { i }), Ended);

        Assert.Equal(Enumerable.Range(0, 10), Store.Read(connection => connection.Query<int>("SELECT i FROM counted ORDER BY sequence").AsList()));
    }

    protected static long Count(IDbConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM numbers");

    protected static Task<int> InsertAsync(IStore store, int i) => store.WriteAsync(connection => connection.Execute("INSERT INTO numbers VALUES (@i)", new { i }), Ended);

    protected List<int> Numbers() => Store.Read(connection => connection.Query<int>("SELECT i FROM numbers ORDER BY i").AsList());
}
