using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>When one value was there: everything that wrote or read it, boiled down to the operation that ended first and the one that
/// began last.</summary>
internal sealed class Zone
{
    /// <summary>What wrote it; null while nothing is known to have.</summary>
    public Operation? Write { get; private set; }

    /// <summary>False for a crashed write that nobody saw: it need not have happened.</summary>
    public bool Counts { get; private set; }

    public Operation EndedFirst { get; private set; }

    public Operation BeganLast { get; private set; }

    public TimeSpan FirstEnd { get; private set; } = TimeSpan.MaxValue;

    public TimeSpan LastBegin { get; private set; } = TimeSpan.MinValue;

    /// <summary>The value was certainly there from the first end to the last begin; otherwise all of it may have been one moment in
    /// between.</summary>
    public bool IsForward => FirstEnd < LastBegin;

    public TimeSpan Low => IsForward ? FirstEnd : LastBegin;

    public TimeSpan High => IsForward ? LastBegin : FirstEnd;

    /// <returns>False when it was written before: its values are not unique.</returns>
    public bool AddWrite(in Operation write)
    {
        if (Write is not null)
            return false;

        Write = write;
        Counts |= write.Outcome == Outcome.Ok;
        Widen(write);
        return true;
    }

    public void AddRead(in Operation read)
    {
        Counts = true;
        Widen(read);
    }

    /// <summary>It was there before anything else.</summary>
    public void MakeInitial()
    {
        Counts = true;
        FirstEnd = TimeSpan.MinValue;
    }

    private void Widen(in Operation operation)
    {
        TimeSpan end = operation.Outcome == Outcome.Unknown ? TimeSpan.MaxValue : operation.Completed ?? TimeSpan.MaxValue;
        if (end < FirstEnd)
            (FirstEnd, EndedFirst) = (end, operation);
        if (operation.Invoked > LastBegin)
            (LastBegin, BeganLast) = (operation.Invoked, operation);
    }
}
