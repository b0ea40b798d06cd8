namespace Harness.Records.Tests;

public sealed class HistoryWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]    // several blocks
    public void Gives_back_every_operation_as_it_was_recorded(int count)
    {
        Operation[] history = RandomHistory.Of(count, seed: count);
        using (var writer = new HistoryWriter(_folder.File("history.bin")))
        {
            foreach (Operation operation in history)
                writer.Record(operation);
        }

        Assert.Equal(history, HistoryReader.Read(_folder.File("history.bin")));
    }

    [Fact]
    public void Can_be_read_up_to_the_last_flush_while_it_is_written()
    {
        Operation[] history = RandomHistory.Of(10, seed: 1);
        using var writer = new HistoryWriter(_folder.File("history.bin"));
        foreach (Operation operation in history[..6])
            writer.Record(operation);

        Assert.Empty(HistoryReader.Read(_folder.File("history.bin")));
        writer.Flush();
        foreach (Operation operation in history[6..])
            writer.Record(operation);

        Assert.Equal(history[..6], HistoryReader.Read(_folder.File("history.bin")));
    }

    [Fact]
    public async Task Keeps_every_operation_of_clients_that_record_at_once()
    {
        const int perClient = 20_000;
        using (var writer = new HistoryWriter(_folder.File("history.bin")))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(client => Task.Run(() =>
            {
                for (int i = 0; i < perClient; i++)
                    writer.Record(new Operation(client, "read-product", "sku", $"{i}", TimeSpan.FromTicks(i), null, Outcome.Ok));
            })));
        }

        ILookup<int, Operation> byClient = HistoryReader.Read(_folder.File("history.bin")).ToLookup(o => o.Process);
        Assert.All(Enumerable.Range(0, 4), client =>
            Assert.Equal(Enumerable.Range(0, perClient).Select(i => $"{i}"), byClient[client].Select(o => o.Value)));
    }

    [Fact]
    public void Allocates_nothing_per_operation_once_it_is_warm()
    {
        Operation[] history = RandomHistory.Of(50_000, seed: 2);
        using var writer = new HistoryWriter(_folder.File("history.bin"));
        RecordAll(writer, history);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RecordAll(writer, history);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // A few hundred bytes a block for writing it are fine, a byte an operation is not.
        Assert.InRange(allocated, 0, history.Length);
    }

    [Fact]
    public void Refuses_an_operation_after_the_record_was_closed()
    {
        var writer = new HistoryWriter(_folder.File("history.bin"));
        writer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => writer.Record(RandomHistory.Of(1, seed: 3)[0]));
    }

    private static void RecordAll(HistoryWriter writer, Operation[] history)
    {
        foreach (ref readonly Operation operation in history.AsSpan())
            writer.Record(operation);
    }
}
