namespace Harness.Records.Tests;

public sealed class HistoryReaderTests : IDisposable
{
    private const int FileHeaderBytes = 10;
    private readonly TemporaryFolder _folder = new();
    private readonly Operation[] _history = RandomHistory.Of(60, seed: 7);
    private readonly List<int> _blockEnds = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_a_file_cut_at_any_byte_up_to_the_last_whole_block()
    {
        byte[] whole = WriteThreeBlocks();
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_folder.File("cut.bin"), whole[..length]);
            int blocks = _blockEnds.Count(end => end <= length);

            Assert.Equal(_history[..(blocks * 20)], HistoryReader.Read(_folder.File("cut.bin")));
        }
    }

    [Fact]
    public void Reports_a_damaged_byte_anywhere_before_the_last_block()
    {
        byte[] whole = WriteThreeBlocks();
        for (int at = FileHeaderBytes + 4; at < _blockEnds[0]; at++)    // behind the length, whose damage looks like a cut
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(_folder.File("damaged.bin"), damaged);

            var thrown = Assert.Throws<RecordException>(() => HistoryReader.Read(_folder.File("damaged.bin")));
            Assert.Contains("damaged.bin", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Never_gives_back_an_operation_that_was_not_written_whatever_is_damaged()
    {
        byte[] whole = WriteThreeBlocks();
        var random = new Random(11);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_folder.File("damaged.bin"), damaged);

            IReadOnlyList<Operation> read = ReadOrNothing(_folder.File("damaged.bin"));
            Assert.Equal(_history[..read.Count], read);
        }
    }

    [Fact]
    public void Stops_where_a_crash_left_zeros()
    {
        File.WriteAllBytes(_folder.File("zeros.bin"), [.. WriteThreeBlocks(), .. new byte[4096]]);

        Assert.Equal(_history, HistoryReader.Read(_folder.File("zeros.bin")));
    }

    [Fact]
    public void Refuses_a_newer_format()
    {
        byte[] whole = WriteThreeBlocks();
        whole[8] = 2;
        File.WriteAllBytes(_folder.File("newer.bin"), whole);

        Assert.Contains("format 2", Assert.Throws<RecordException>(() => HistoryReader.Read(_folder.File("newer.bin"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_nothing_where_there_is_no_file() => Assert.Empty(HistoryReader.Read(_folder.File("none.bin")));

    private static IReadOnlyList<Operation> ReadOrNothing(string path)
    {
        try
        {
            return HistoryReader.Read(path);
        }
        catch (RecordException)
        {
            return [];
        }
    }

    private byte[] WriteThreeBlocks()
    {
        string path = _folder.File("history.bin");
        using (var writer = new HistoryWriter(path))
        {
            foreach (Operation[] block in _history.Chunk(20))
            {
                foreach (Operation operation in block)
                    writer.Record(operation);
                writer.Flush();
                _blockEnds.Add((int)new FileInfo(path).Length);
            }
        }

        return File.ReadAllBytes(path);
    }
}
