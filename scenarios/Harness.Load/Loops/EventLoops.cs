namespace Harness.Load.Loops;

/// <summary>The event loops of this process, one a processor, made when they are first needed. An idle loop costs nothing but its thread.</summary>
internal static class EventLoops
{
    private static readonly Lazy<EventLoop[]> Made = new(
        static () => [.. Enumerable.Range(0, Environment.ProcessorCount).Select(number => new EventLoop(number))]);

    private static int s_turn;

    /// <summary>Without epoll, work runs on the thread pool.</summary>
    public static bool AreThere { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public static IReadOnlyList<EventLoop> All => Made.Value;

    /// <summary>Each in turn.</summary>
    public static EventLoop Next => Made.Value[(uint)Interlocked.Increment(ref s_turn) % (uint)Made.Value.Length];
}
