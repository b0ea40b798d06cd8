using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Harness.Load.Loops;

/// <summary>What the kernel has to report about some descriptors. One thread at a time waits; everything else belongs under its loop's gate.</summary>
internal sealed unsafe class EpollSet
{
    private const int EventsMost = 128;
    private const long WakeKey = long.MaxValue;

    // The kernel packs the structure on x86 alone.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int KeyOffset = EventSize - sizeof(long);
    private static volatile bool s_noFineWait;

    private readonly byte[] _events = GC.AllocateArray<byte>(EventsMost * 16, pinned: true);
    private readonly int _epoll = Libc.EpollCreate(Libc.CloseOnExec);
    private readonly int _wake = Libc.EventDescriptor(0, Libc.CloseOnExec | Libc.NonBlocking);
    private readonly List<(ILoopDescriptor? Target, int Generation)> _targets = [];
    private readonly Stack<int> _free = [];
    private int _count;
    private int _next;

    public EpollSet()
    {
        if (_epoll < 0 || _wake < 0 || !Control(_wake, WakeKey, Libc.EventIn))
            throw new InvalidOperationException($"The system gives no event loop: error {Libc.LastError}.");
    }

    /// <summary>Reports each change of a descriptor once.</summary>
    /// <returns>What to pass to <see cref="Forget"/>; negative when the kernel refused.</returns>
    public long Register(int descriptor, ILoopDescriptor target)
    {
        if (!_free.TryPop(out int index))
        {
            index = _targets.Count;
            _targets.Add(default);
        }

        _targets[index] = (target, _targets[index].Generation);
        long key = ((long)_targets[index].Generation << 32) | (uint)index;
        if (Control(descriptor, key, Libc.EventIn | Libc.EventOut | Libc.EventPeerEnded))
            return key;
        Forget(key);
        return -1;
    }

    /// <summary>Nothing is reported any more, also of what was reported already; the caller closes the descriptor.</summary>
    public void Forget(long key)
    {
        int index = (int)key;
        // Masked, because a key must not be negative.
        _targets[index] = (null, (_targets[index].Generation + 1) & int.MaxValue);
        _free.Push(index);
    }

    /// <summary>The next of what the last wait found; false when that was all.</summary>
    public bool TryNext(out ILoopDescriptor? target, out uint events)
    {
        (target, events) = (null, 0);
        if (_next >= _count)
            return false;
        ReadOnlySpan<byte> entry = _events.AsSpan(_next++ * EventSize, EventSize);
        events = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        long key = BinaryPrimitives.ReadInt64LittleEndian(entry[KeyOffset..]);
        if (key != WakeKey && _targets[(int)key] is var (found, generation) && generation == (int)(key >> 32))
            target = found;
        return true;
    }

    /// <summary>Ends the wait that is under way, or the next one.</summary>
    public void Wake()
    {
        long one = 1;
        _ = Libc.Write(_wake, (byte*)&one, sizeof(long));
    }

    /// <param name="longest">In ns; negative for ever.</param>
    /// <remarks>To the nanosecond where the system can, to the next millisecond where it is older. Never too short.</remarks>
    public void Wait(long longest)
    {
        fixed (byte* events = _events)
            _count = Math.Max(0, longest <= 0 || s_noFineWait ? WaitMilliseconds(events, longest) : WaitNanoseconds(events, longest));
        _next = 0;
    }

    private int WaitNanoseconds(byte* events, long longest)
    {
        long* wait = stackalloc long[2] { longest / 1_000_000_000, longest % 1_000_000_000 };
        try
        {
            int ready = Libc.EpollWait(_epoll, events, EventsMost, wait, 0);
            if (ready >= 0 || Libc.LastError != Libc.NotImplemented)
                return ready;
        }
        catch (EntryPointNotFoundException)
        {
            s_noFineWait = true;
        }

        s_noFineWait = true;
        return WaitMilliseconds(events, longest);
    }

    private int WaitMilliseconds(byte* events, long longest) => Libc.EpollWaitMilliseconds(
        _epoll, events, EventsMost, longest < 0 ? -1 : (int)Math.Min(int.MaxValue, (longest + 999_999) / 1_000_000));

    private bool Control(int descriptor, long key, uint events)
    {
        byte* entry = stackalloc byte[EventSize];
        *(uint*)entry = events | Libc.EdgeTriggered;
        *(long*)(entry + KeyOffset) = key;
        return Libc.EpollControl(_epoll, Libc.CtlAdd, descriptor, entry) == 0;
    }
}
