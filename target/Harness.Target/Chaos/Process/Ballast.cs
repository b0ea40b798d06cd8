namespace Harness.Target.Chaos.Process;

/// <summary>The service holds memory that it has no use for, every page of it touched: what it needs itself, its collector and its neighbours have that much less.</summary>
public sealed record Ballast : ServiceFault
{
    private const long BytesMin = 1_000_000;

    /// <value>From a megabyte to half of what the process may have.</value>
    public required long Bytes { get; init; }

    public override IEnumerable<string> Problems(ServiceOptions options)
    {
        var most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        if (Bytes < BytesMin || Bytes > most)
            yield return $"bytes: {Bytes} is not between {BytesMin} and {most}, half of what this process may have.";
    }

    internal override IAsyncDisposable Begin(HeldFault held, IServiceProvider services) => new Weight(held, Bytes);

    /// <summary>The memory itself.</summary>
    private sealed class Weight : IAsyncDisposable
    {
        private const int BlockBytes = 8 * 1024 * 1024;
        private readonly List<byte[]> _blocks = [];
        private readonly Task _taking;
        private volatile bool _ending;

        public Weight(HeldFault held, long bytes) => _taking = Task.Run(() => Take(held, bytes));

        public async ValueTask DisposeAsync()
        {
            _ending = true;
            await _taking;
            _blocks.Clear();
            // Given back to the system now, not when the collector next feels the need.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        private void Take(HeldFault held, long bytes)
        {
            for (var left = bytes; left > 0 && !_ending; left -= BlockBytes)
            {
                var block = new byte[Math.Min(BlockBytes, left)];
                for (var at = 0; at < block.Length; at += Environment.SystemPageSize)
                    block[at] = 1; // A page that nobody has written to takes no memory.
                _blocks.Add(block);
                held.Count("bytes held", block.Length);
                held.Most("resident bytes at most", Environment.WorkingSet);
            }
        }
    }
}
