namespace Harness.Toxiproxy.Loops;

/// <summary>The armed timers of one loop, the earliest first. A timer knows its place, so moving or removing it needs no search.</summary>
internal sealed class TimerHeap
{
    private readonly List<LoopTimer> _timers = [];

    public TimeSpan? NextDue => _timers.Count == 0 ? null : _timers[0].Due;

    public void Set(LoopTimer timer, TimeSpan due)
    {
        timer.Due = due;
        if (timer.Index == LoopTimer.NotArmed)
        {
            timer.Index = _timers.Count;
            _timers.Add(timer);
        }
        Settle(timer);
    }

    public LoopTimer Pop()
    {
        LoopTimer earliest = _timers[0];
        Remove(earliest);
        return earliest;
    }

    public void Remove(LoopTimer timer)
    {
        int hole = timer.Index;
        if (hole == LoopTimer.NotArmed)
            return;
        timer.Index = LoopTimer.NotArmed;
        LoopTimer last = _timers[^1];
        _timers.RemoveAt(_timers.Count - 1);
        if (last == timer)
            return;
        Place(last, hole);
        Settle(last);
    }

    private void Settle(LoopTimer timer)
    {
        while (timer.Index > 0 && timer.Due < _timers[Parent(timer.Index)].Due)
            Swap(timer, _timers[Parent(timer.Index)]);
        while (EarlierChild(timer) is { } child)
            Swap(timer, child);
    }

    private LoopTimer? EarlierChild(LoopTimer timer)
    {
        int left = (2 * timer.Index) + 1;
        if (left >= _timers.Count)
            return null;
        int right = left + 1;
        LoopTimer child = right < _timers.Count && _timers[right].Due < _timers[left].Due ? _timers[right] : _timers[left];
        return child.Due < timer.Due ? child : null;
    }

    private void Swap(LoopTimer a, LoopTimer b)
    {
        (int of, int with) = (a.Index, b.Index);
        Place(a, with);
        Place(b, of);
    }

    private void Place(LoopTimer timer, int index)
    {
        _timers[index] = timer;
        timer.Index = index;
    }

    private static int Parent(int index) => (index - 1) / 2;
}
