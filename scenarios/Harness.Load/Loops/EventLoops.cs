namespace Harness.Load.Loops;

/// <summary>The event loops of this process, one a processor, made when they are first needed. An idle loop costs nothing but its thread.</summary>
/// <remarks>Loops share out work beforehand, so that none wakes another.</remarks>
internal static class EventLoops
{
    private static readonly Lazy<EventLoop[]> Made = new(
        static () => [.. Enumerable.Range(0, Environment.ProcessorCount).Select(number => new EventLoop(number))]);

    private static int s_turn;

    /// <summary>Without epoll, work runs on the thread pool.</summary>
    public static bool AreThere { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>As many as are used when nothing else is said: one processor is left to the rest of the program and to a target beside it, whose
    /// waits would otherwise be measured too.</summary>
    public static int Usual { get; } = Math.Max(1, Environment.ProcessorCount - 1);

    public static IReadOnlyList<EventLoop> All => Made.Value;

    /// <summary>Each in turn.</summary>
    public static EventLoop Next => Made.Value[(uint)Interlocked.Increment(ref s_turn) % (uint)Usual];
}
