namespace Harness.Toxiproxy.Links;

/// <summary>Delays each chunk from the moment it was read, concurrently and in order: a chunk with a long delay holds those behind it.</summary>
internal abstract class DelayingStage : ToxicStage
{
    private TimeSpan? _headDue;

    // Enough that a delay does not throttle: 32 MiB in flight.
    public override int Capacity => 1024;

    /// <summary>The delay of the chunk at the head; drawn once for each.</summary>
    /// <returns>Zero or less passes it at once.</returns>
    protected abstract TimeSpan DrawDelay();

    public override void Interrupt()
    {
        if (Input.Count > 0)
            PassHeadAs(Now);
    }

    protected override void Act()
    {
        while (Input.Count > 0 && Next!.HasRoom)
        {
            TimeSpan due = _headDue ??= DrawDue();
            if (Now < due)
            {
                WakeAt(due);
                return;
            }
            PassHeadAs(due);
        }
        if (Input.Count == 0 && InputEnded)
            Next!.End();
    }

    private TimeSpan DrawDue()
    {
        TimeSpan delay = DrawDelay();
        if (delay > TimeSpan.Zero)
            Touch(Input.Head.Length);
        return Input.Head.ReadAt + delay;
    }

    // The chunk counts as read when it was due here, so that two delays add up to their sum and no more.
    private void PassHeadAs(TimeSpan readAt)
    {
        Input.Head.ReadAt = readAt > Input.Head.ReadAt ? readAt : Input.Head.ReadAt;
        _headDue = null;
        PassHead();
    }
}
