using System.Diagnostics;

namespace Harness.Target;

/// <summary>
/// Ends the process when its standard input ends. A parent that holds the other end of that pipe can die in any way, <c>kill -9</c>
/// included, and its children still follow: the kernel closes the pipe.
/// </summary>
public static class StdinWatch
{
    /// <summary>A stop that takes longer than this is cut short, for nothing may outlive the parent by more than 3 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <summary>Starts watching on a thread of its own, because the read blocks for as long as the parent lives.</summary>
    public static void Start(IHostApplicationLifetime lifetime, Stream stdin, TimeProvider time)
    {
        var thread = new Thread(() => Watch(lifetime, stdin, time)) { IsBackground = true, Name = "stdin" };
        thread.Start();
    }

    private static void Watch(IHostApplicationLifetime lifetime, Stream stdin, TimeProvider time)
    {
        var ignored = new byte[256];
        while (stdin.Read(ignored) > 0)
        {
        }

        // Kill and not Environment.Exit: the latter waits for what may be the very thing that hangs.
        using var impatience = time.CreateTimer(_ => Process.GetCurrentProcess().Kill(), null, Patience, Timeout.InfiniteTimeSpan);
        lifetime.StopApplication();
        lifetime.ApplicationStopped.WaitHandle.WaitOne();
    }
}
