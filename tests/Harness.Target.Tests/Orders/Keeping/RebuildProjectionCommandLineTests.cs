using Dapper;
using Harness.Target.Orders;
using Harness.Target.Orders.Keeping;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Orders.Keeping;

public sealed class RebuildProjectionCommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Puts_right_what_differs_and_says_what_it_found()
    {
        await PlaceAsync(new EventStorage(), "DELETE FROM orders");

        Assert.Equal((0, "1 orders from 1 events: 1 had been missing, 0 differed, 0 had no events and were removed.", ""), await RunAsync("--data", _folder));
        Assert.Equal((0, "1 orders from 1 events: 0 had been missing, 0 differed, 0 had no events and were removed.", ""), await RunAsync("--data", _folder));
    }

    [Fact]
    public async Task Makes_nothing_of_orders_without_events()
    {
        await PlaceAsync(new StateStorage(), "SELECT 1");

        var (exitCode, _, errors) = await RunAsync("--data", _folder);

        Assert.Equal(2, exitCode);
        Assert.Contains("they were kept with --storage state", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("say --data FOLDER or --postgres STRING", new string[0])]
    [InlineData("there is no", new[] { "--data", "/nowhere" })]
    [InlineData("--dat", new[] { "--dat", "/nowhere" })]
    public async Task Says_what_is_wrong_with_the_words(string message, string[] words)
    {
        var (exitCode, _, errors) = await RunAsync(words);

        Assert.Equal(2, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    private async Task PlaceAsync(IOrderStorage storage, string andThen)
    {
        using var store = new SqliteStore(Path.Combine(_folder, "orders.db"), OrderBook.Migrate);
        var order = new Order { Id = Order.NewId(TimeProvider.System), IdempotencyKey = "k", Customer = "c", Sku = "s", Quantity = 1, AmountCents = 1 };
        await store.WriteAsync(connection => storage.Place(connection, order, (_, _) => { }), TestContext.Current.CancellationToken);
        await store.WriteAsync(connection => connection.Execute(andThen), TestContext.Current.CancellationToken);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await new RebuildProjectionCommandLine().RunAsync(words, output, errors);
        return (exitCode, output.ToString().Trim(), errors.ToString().Trim());
    }
}
