namespace Harness.Toxiproxy.Toxics;

/// <summary>Counts what a toxic touched; from any loop.</summary>
internal sealed class EvidenceCounter
{
    private long _connections;
    private long _chunks;
    private long _bytes;

    public void Count(bool first, int bytes)
    {
        if (first)
            CountConnection();
        Interlocked.Increment(ref _chunks);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void CountConnection() => Interlocked.Increment(ref _connections);

    public ToxicEvidence Read() =>
        new(Interlocked.Read(ref _connections), Interlocked.Read(ref _chunks), Interlocked.Read(ref _bytes));
}
