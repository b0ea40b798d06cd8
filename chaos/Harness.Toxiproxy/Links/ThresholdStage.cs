namespace Harness.Toxiproxy.Links;

/// <summary>Passes everything until so many bytes have passed or so much time has gone by, whichever comes first; then something happens, once.</summary>
internal abstract class ThresholdStage : ToxicStage
{
    private long _passed;
    private TimeSpan? _met;
    private bool _reached;

    /// <summary>Since the toxic met the connection; zero for no limit.</summary>
    protected abstract TimeSpan After { get; }

    /// <summary>In this direction; zero for no limit.</summary>
    protected abstract long AfterBytes { get; }

    /// <summary>Called once.</summary>
    protected abstract void Reached();

    public override void Start() => _met ??= Now;

    public sealed override void Leave()
    {
        _reached = false;
        base.Leave();
    }

    protected sealed override void Act()
    {
        if (_reached)
            return;
        while (Input.Count > 0 && Next!.HasRoom && !IsDue())
            PassUpToLimit();
        if (IsDue())
            Reach();
        else if (Input.Count == 0 && InputEnded)
            Next!.End();
    }

    private bool IsDue()
    {
        if (AfterBytes > 0 && _passed >= AfterBytes)
            return true;
        if (After <= TimeSpan.Zero)
            return false;
        TimeSpan due = _met!.Value + After;
        if (Now >= due)
            return true;
        WakeAt(due);
        return false;
    }

    private void PassUpToLimit()
    {
        long left = AfterBytes > 0 ? AfterBytes - _passed : long.MaxValue;
        int count = (int)Math.Min(left, Input.Head.Length);
        _passed += count;
        if (count == Input.Head.Length)
            PassHead();
        else
            Next!.Push(Input.Head.TakeFirst(count));
    }

    private void Reach()
    {
        _reached = true;
        TouchConnection();
        Reached();
    }
}
