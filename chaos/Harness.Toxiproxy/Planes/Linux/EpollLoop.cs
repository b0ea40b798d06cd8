using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>Whatever has a descriptor on an <see cref="EpollLoop"/>.</summary>
internal interface IEpollTarget
{
    /// <summary>Called on the loop with what the kernel reported.</summary>
    void OnEvents(uint events);
}

/// <summary>A loop that sleeps in the kernel until a descriptor of its own changes or a timer is due, to the microsecond.</summary>
internal sealed class EpollLoop : Loop, IAsyncDisposable
{
    private const int EventsMax = 128;

    // The kernel packs the structure on x86 alone.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - sizeof(long);

    private readonly byte[] _events = GC.AllocateArray<byte>(EventsMax * 16, pinned: true);
    private readonly EpollSlots _slots = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _epoll;
    private readonly int _wake;
    private readonly Thread _thread;
    private readonly Lock _waking = new();
    private bool _closed;
    private volatile bool _stopping;

    public EpollLoop(int number)
    {
        _epoll = Libc.EpollCreate(Libc.CloseOnExec);
        _wake = Libc.EventDescriptor(0, Libc.CloseOnExec | Libc.NonBlocking);
        if (_epoll < 0 || _wake < 0)
            throw new ToxiproxyException($"epoll cannot be had: error {Libc.LastError}.");
        Register(_wake, EpollSlots.Nobody, Libc.EventIn);
        _thread = new Thread(RunUntilStopped) { IsBackground = true, Name = $"toxiproxy-epoll-{number}" };
        _thread.Start();
    }

    public override TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Pipes for splicing that are not in use.</summary>
    public SplicePipes Pipes { get; } = new();

    /// <summary>Reports changes of a descriptor to <paramref name="target"/>, each once.</summary>
    /// <returns>What to pass to <see cref="Forget"/>; negative when the kernel refused.</returns>
    public unsafe long Register(int descriptor, IEpollTarget target, uint events)
    {
        long key = _slots.Take(target);
        byte* entry = stackalloc byte[EventSize];
        *(uint*)entry = events | Libc.EdgeTriggered;
        *(long*)(entry + DataOffset) = key;
        if (Libc.EpollControl(_epoll, Libc.CtlAdd, descriptor, entry) == 0)
            return key;
        _slots.Release(key);
        return -1;
    }

    /// <summary>Nothing is reported any more; the caller closes the descriptor.</summary>
    public void Forget(long key) => _slots.Release(key);

    /// <summary>Takes a descriptor that stays open out of the kernel's list.</summary>
    public unsafe void Unregister(int descriptor) => Libc.EpollControl(_epoll, Libc.CtlDelete, descriptor, null);

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        Wake();
        await _ended.Task;
        Pipes.Dispose();
        lock (_waking)
        {
            _closed = true;
            Libc.Close(_wake);
        }
        Libc.Close(_epoll);
    }

    protected override unsafe void Wake()
    {
        if (Thread.CurrentThread == _thread)
            return;
        lock (_waking)
        {
            // A name may be resolved after the end; by then the number may be another descriptor's.
            if (_closed)
                return;
            long one = 1;
            Libc.Write(_wake, (byte*)&one, sizeof(long));
        }
    }

    private void RunUntilStopped()
    {
        // The kernel may otherwise make every timer 50 µs late to wake less often.
        Libc.ProcessControl(Libc.SetTimerSlack, 1, 0, 0, 0);
        while (!_stopping)
        {
            RunDue();
            Dispatch(Wait());
        }
        _ended.SetResult();
    }

    private unsafe int Wait()
    {
        fixed (byte* events = _events)
        {
            if (HasWork)
                return Libc.EpollWaitMilliseconds(_epoll, events, EventsMax, 0);
            if (NextDue is not { } due)
                return Libc.EpollWaitMilliseconds(_epoll, events, EventsMax, -1);
            return FineWait.Wait(_epoll, events, EventsMax, due - Now);
        }
    }

    private void Dispatch(int count)
    {
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = _events.AsSpan(i * EventSize, EventSize);
            uint events = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            _slots.Find(BinaryPrimitives.ReadInt64LittleEndian(entry[DataOffset..]))?.OnEvents(events);
            // A hundred events take more than a millisecond: what a toxic holds does not wait for all of them.
            FireDue();
        }
    }
}
