namespace Harness.Toxiproxy.Command;

/// <summary>Gives memory back to the system once traffic that filled it has ended: without traffic nothing else would make the collector run.</summary>
internal sealed class IdleTrim : IDisposable
{
    private const long WorthBytes = 8_000_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly ITimer _timer;
    private long _allocated = GC.GetTotalAllocatedBytes();
    private long _trimmed = GC.GetTotalAllocatedBytes();

    public IdleTrim(TimeProvider time) => _timer = time.CreateTimer(_ => Look(), null, Every, Every);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long now = GC.GetTotalAllocatedBytes();
        bool quiet = now - _allocated < WorthBytes / 100;
        _allocated = now;
        if (!quiet || now - _trimmed < WorthBytes)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _trimmed = GC.GetTotalAllocatedBytes();
    }
}
