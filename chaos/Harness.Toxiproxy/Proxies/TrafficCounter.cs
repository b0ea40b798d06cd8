namespace Harness.Toxiproxy.Proxies;

/// <summary>What went through a proxy; counted from any loop.</summary>
internal sealed class TrafficCounter
{
    private long _accepted;
    private long _open;
    private long _dialsFailed;
    private long _cut;
    private long _refused;
    private readonly long[] _received = new long[2];
    private readonly long[] _sent = new long[2];

    public void Opened()
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _open);
    }

    public void Closed() => Interlocked.Decrement(ref _open);

    public void DialFailed() => Interlocked.Increment(ref _dialsFailed);

    public void WasCut() => Interlocked.Increment(ref _cut);

    public void Refused() => Interlocked.Increment(ref _refused);

    /// <summary>Bytes are counted when a link ends, as the metrics of Toxiproxy have it; live ones are in the list of connections.</summary>
    public void LinkEnded(ToxicStream stream, long received, long sent)
    {
        Interlocked.Add(ref _received[(int)stream], received);
        Interlocked.Add(ref _sent[(int)stream], sent);
    }

    public long Received(ToxicStream stream) => Interlocked.Read(ref _received[(int)stream]);

    public long Sent(ToxicStream stream) => Interlocked.Read(ref _sent[(int)stream]);

    public ProxyEvidence Read() => new(
        Interlocked.Read(ref _accepted), Interlocked.Read(ref _open), Interlocked.Read(ref _dialsFailed),
        Interlocked.Read(ref _cut), Interlocked.Read(ref _refused));
}
