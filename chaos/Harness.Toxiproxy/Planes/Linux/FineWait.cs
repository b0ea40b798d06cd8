namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>Waits on an epoll descriptor to the nanosecond where the system can, to the next millisecond where it is older. Never too short.</summary>
internal static unsafe class FineWait
{
    private static volatile bool s_missing;

    public static int Wait(int epoll, byte* events, int count, TimeSpan longest)
    {
        if (longest < TimeSpan.Zero)
            longest = TimeSpan.Zero;
        return s_missing ? WaitMilliseconds(epoll, events, count, longest) : WaitNanoseconds(epoll, events, count, longest);
    }

    private static int WaitNanoseconds(int epoll, byte* events, int count, TimeSpan longest)
    {
        const int NotImplemented = 38;
        long* wait = stackalloc long[2] { longest.Ticks / TimeSpan.TicksPerSecond, longest.Ticks % TimeSpan.TicksPerSecond * 100 };
        try
        {
            int ready = Libc.EpollWait(epoll, events, count, wait, 0);
            if (ready >= 0 || Libc.LastError != NotImplemented)
                return ready;
        }
        catch (EntryPointNotFoundException)
        {
            s_missing = true;
        }
        s_missing = true;
        return WaitMilliseconds(epoll, events, count, longest);
    }

    private static int WaitMilliseconds(int epoll, byte* events, int count, TimeSpan longest) =>
        Libc.EpollWaitMilliseconds(epoll, events, count, (int)Math.Min(int.MaxValue, Math.Ceiling(longest.TotalMilliseconds)));
}
