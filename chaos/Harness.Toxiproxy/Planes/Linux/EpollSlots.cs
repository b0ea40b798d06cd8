namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>Who is behind a descriptor, found by a number that the kernel carries. A number is never used twice, so that a report
/// about a descriptor that was closed meanwhile finds nobody.</summary>
internal sealed class EpollSlots
{
    private readonly List<(IEpollTarget? Target, int Generation)> _slots = [];
    private readonly Stack<int> _free = new();

    /// <summary>A target that does nothing: for descriptors that only end a wait.</summary>
    public static readonly IEpollTarget Nobody = new Ignorer();

    public long Take(IEpollTarget target)
    {
        if (!_free.TryPop(out int index))
        {
            index = _slots.Count;
            _slots.Add(default);
        }
        _slots[index] = (target, _slots[index].Generation);
        return ((long)_slots[index].Generation << 32) | (uint)index;
    }

    public IEpollTarget? Find(long key)
    {
        (IEpollTarget? target, int generation) = _slots[(int)key];
        return generation == (int)(key >> 32) ? target : null;
    }

    public void Release(long key)
    {
        int index = (int)key;
        // Masked, because a key must not be negative.
        _slots[index] = (null, (_slots[index].Generation + 1) & int.MaxValue);
        _free.Push(index);
    }

    private sealed class Ignorer : IEpollTarget
    {
        public void OnEvents(uint events) { }
    }
}
