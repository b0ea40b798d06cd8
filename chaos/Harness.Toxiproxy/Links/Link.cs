using Harness.Toxiproxy.Loops;
using Harness.Toxiproxy.Planes;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Links;

/// <summary>One direction of a connection: read from the source, through the toxics, written to the destination.</summary>
internal sealed class Link
{
    /// <summary>Rounds before the other links of the loop, and the control plane, get their turn: about a millisecond of bulk.</summary>
    private const int RoundsMax = 4;

    /// <summary>After this many reads that filled the buffer a link is in a bulk transfer.</summary>
    private const int FullReadsToLane = 4;

    private readonly ToxicChainOnLink _toxics;
    private readonly Sink _sink;
    private bool _running;
    private bool _sourceEnded;
    private bool _deferred;
    private IDirectLane? _lane;
    private int _fullReads;

    public Link(Connection connection, ToxicStream stream, Peer source, Peer destination)
    {
        (Connection, Stream, Source, Destination) = (connection, stream, source, destination);
        _sink = new Sink { Link = this };
        _toxics = new ToxicChainOnLink(this, _sink);
        RunLater = Run;
    }

    public Connection Connection { get; }

    public ToxicStream Stream { get; }

    public Peer Source { get; }

    public Peer Destination { get; }

    public Loop Loop => Connection.Loop;

    /// <summary><see cref="Run"/> as a delegate, made once.</summary>
    public Action RunLater { get; }

    /// <summary>Set by whoever moved something, so that the rest of the link is pumped once more.</summary>
    public bool Moved { get; set; }

    public bool Finished { get; private set; }

    public long BytesRead { get; private set; }

    public long BytesWritten { get; set; }

    /// <summary>Moves everything that can be moved now.</summary>
    public void Run()
    {
        if (_running || Finished)
            return;
        _running = true;
        try
        {
            MoveAll();
        }
        catch (Exception bug)
        {
            // Whatever a toxic does wrong costs this connection and no other.
            Connection.Break(bug);
        }
        _running = false;
        if (Moved && !Finished)
            RunNextRound();
    }

    private void MoveAll()
    {
        int rounds = 0;
        do
        {
            Moved = false;
            _toxics.Pump();
            _sink.Pump();
            Read();
        }
        while (Moved && !Finished && ++rounds < RoundsMax);
    }

    /// <summary>Brings the toxics of this link in line with <paramref name="chain"/>, at once.</summary>
    public void Apply(ToxicChain chain)
    {
        if (Finished)
            return;
        if (chain.Of(Stream).Count > 0)
            LeaveLane();
        if (_toxics.Apply(chain.Of(Stream)))
            Run();
    }

    /// <summary>Lets bytes through as if the source had sent them.</summary>
    public void Inject(ReadOnlySpan<byte> bytes)
    {
        if (Finished)
            return;
        LeaveLane();
        _toxics.First.Push(Chunk.Copy(bytes, Loop.Now));
        RunNextRound();
    }

    /// <summary>Puts a stage of the connection's own behind the toxics.</summary>
    public void Add(ToxicStage stage)
    {
        if (Finished)
            return;
        LeaveLane();
        _toxics.Add(stage);
    }

    /// <summary>The source ended, broke or was closed: what is on its way still arrives.</summary>
    public void EndOfSource()
    {
        if (_sourceEnded)
            return;
        LeaveLane();
        _sourceEnded = true;
        _toxics.First.End();
    }

    /// <summary>Nothing that the source sends matters any more.</summary>
    public void StopReading() => _sourceEnded = true;

    /// <summary>Everything has been written, the end of stream too.</summary>
    public void Finish() => Over(failed: false);

    /// <summary>The destination is broken: what is on its way to it is dropped.</summary>
    public void Fail() => Over(failed: true);

    /// <summary>Drops everything and says nothing to the connection.</summary>
    public void Discard()
    {
        Finished = true;
        _lane?.Close();
        _lane = null;
        _toxics.Discard();
        _sink.Discard();
    }

    private void Over(bool failed)
    {
        if (Finished)
            return;
        Discard();
        Connection.LinkOver(this, failed);
    }

    private void RunNextRound()
    {
        if (_deferred)
            return;
        _deferred = true;
        Loop.Defer(() =>
        {
            _deferred = false;
            Run();
        });
    }

    private void Read()
    {
        Stage first = _toxics.First;
        if (_sourceEnded || Finished || !first.HasRoom)
            return;
        if (_lane is not null)
        {
            MoveOnLane(_lane);
            return;
        }
        int most = first == _sink ? Loop.ScratchSize : Chunk.SizeMax;
        Span<byte> scratch = Loop.Scratch.AsSpan(0, most);
        IoStatus status = Source.TryRead(scratch, out int count);
        if (status == IoStatus.Done)
        {
            Moved = true;
            BytesRead += count;
            Take(first, scratch[..count]);
            _fullReads = count == most && first == _sink ? _fullReads + 1 : 0;
            if (_fullReads >= FullReadsToLane && _sink.Input.Count == 0)
                _lane = Source.OpenLane(Destination);
        }
        else if (status != IoStatus.WouldBlock)
        {
            EndOfSource();
            if (status == IoStatus.Failed)
                Connection.HungUp(Source);
        }
    }

    private void MoveOnLane(IDirectLane lane)
    {
        IoStatus status = lane.Move(out long read, out long written);
        BytesRead += read;
        BytesWritten += written;
        Moved |= status == IoStatus.Done;
        if (status == IoStatus.Failed)
            Fail();
        else if (status == IoStatus.Ended)
            EndOfSource();
        if (status == IoStatus.Ended || (status == IoStatus.WouldBlock && lane.IsEmpty))
            LeaveLane();
    }

    /// <summary>Back to chunks: what is under way goes to the sink, which comes after every toxic, because it was read before them.</summary>
    private void LeaveLane()
    {
        if (_lane is not { } lane)
            return;
        (_lane, _fullReads) = (null, 0);
        int count;
        while ((count = lane.TakeBack(Loop.Scratch)) > 0)
            _sink.Push(Chunk.Copy(Loop.Scratch.AsSpan(0, count), Loop.Now));
        lane.Close();
    }

    private void Take(Stage first, ReadOnlySpan<byte> bytes)
    {
        // Without a toxic in between, what the destination takes at once is never copied.
        if (first == _sink && Destination.TryWrite(bytes, out int taken) == IoStatus.Done)
        {
            BytesWritten += taken;
            bytes = bytes[taken..];
        }
        if (bytes.Length > 0)
            first.Push(Chunk.Copy(bytes, Loop.Now));
    }
}
