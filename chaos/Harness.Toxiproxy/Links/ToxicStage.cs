using Harness.Toxiproxy.Loops;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Links;

/// <summary>A toxic at work on one link of one connection.</summary>
internal abstract class ToxicStage : Stage
{
    private LoopTimer? _timer;
    private bool _touched;
    private bool _cut;

    public required ToxicDefinition Toxic { get; set; }

    /// <summary>The draw of this connection for this toxic, in [0, 1): it is hit when this is below the toxicity.</summary>
    public required double Draw { get; init; }

    /// <summary>True for a stage that the connection put here itself: it stays while the toxics change.</summary>
    public virtual bool BelongsToConnection => false;

    /// <summary>Whether the toxic bites on this link.</summary>
    public bool Active => Draw < Toxic.Toxicity;

    protected TimeSpan Now => Link.Loop.Now;

    public sealed override void Pump()
    {
        if (_cut)
            Input.Clear();
        else if (Active)
            Act();
        else
            PassAll();
    }

    /// <summary>Called when the toxic meets the link and after each update, with <see cref="Toxic"/> set.</summary>
    public virtual void Start() { }

    /// <summary>Passes the chunk in hand on at once, because something beside the toxic or in it changes. Only called while it is active.</summary>
    public virtual void Interrupt() { }

    /// <summary>Passes on all that it holds; the toxic is taken away. Only called while it is active, after <see cref="Interrupt"/>.</summary>
    public virtual void Leave() => PassEverythingHeld();

    /// <summary>The toxic's own pump.</summary>
    protected abstract void Act();

    /// <summary>Takes new values, after what is in hand went out under the old ones.</summary>
    public void Update(ToxicDefinition toxic)
    {
        if (Active && !_cut)
            Interrupt();
        Disarm();
        Toxic = toxic;
        if (!_cut)
            Start();
        Link.Moved = true;
    }

    public void Remove()
    {
        if (Active && !_cut)
        {
            Interrupt();
            Leave();
        }
        else if (!_cut)
        {
            PassEverythingHeld();
        }
        Disarm();
    }

    public override void Discard()
    {
        Disarm();
        base.Discard();
    }

    /// <summary>Pumps the link again at <paramref name="due"/>.</summary>
    protected void WakeAt(TimeSpan due)
    {
        if (_timer is { Index: not LoopTimer.NotArmed } armed && armed.Due == due)
            return;
        Link.Loop.Schedule(_timer ??= new LoopTimer(Link.RunLater), due);
    }

    protected void Disarm()
    {
        if (_timer is { } timer)
            Link.Loop.Cancel(timer);
    }

    /// <summary>Counts what the toxic did as its evidence.</summary>
    protected void Touch(int bytes)
    {
        Toxic.Evidence.Count(first: !_touched, bytes);
        _touched = true;
    }

    /// <summary>Counts the connection alone: the toxic did something to it, not to a chunk.</summary>
    protected void TouchConnection()
    {
        if (!_touched)
            Toxic.Evidence.CountConnection();
        _touched = true;
    }

    /// <summary>Ends the stream here: what was passed on still arrives, then the connection is closed; what comes in is dropped.</summary>
    protected void Cut()
    {
        _cut = true;
        Input.Clear();
        Disarm();
        Link.StopReading();
        Next!.End();
    }

    protected void PassAll()
    {
        while (Input.Count > 0 && Next!.HasRoom)
            Next.Push(Take());
        if (Input.Count == 0 && InputEnded)
            Next!.End();
    }

    /// <summary>Passes a chunk on without asking for room.</summary>
    protected void PassHead() => Next!.Push(Take());

    private void PassEverythingHeld()
    {
        while (Input.Count > 0)
            PassHead();
        if (InputEnded)
            Next!.End();
    }
}
