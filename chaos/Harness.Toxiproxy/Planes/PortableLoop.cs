using System.Diagnostics;
using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Planes;

/// <summary>A loop on a thread of its own that sleeps on an event; sockets post to it. Its timers are as fine as the system's waits: about a millisecond.</summary>
internal sealed class PortableLoop : Loop, IAsyncDisposable
{
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    public PortableLoop(int number) =>
        new Thread(RunUntilStopped) { IsBackground = true, Name = $"toxiproxy-portable-{number}" }.Start();

    public override TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        Wake();
        // The event is left to the finalizer: a socket's last completion may still set it.
        await _ended.Task;
    }

    protected override void Wake() => _wake.Set();

    private void RunUntilStopped()
    {
        while (!_stopping)
        {
            RunDue();
            if (!HasWork)
                Sleep();
        }
        _ended.SetResult();
    }

    private void Sleep()
    {
        if (NextDue is not { } due)
        {
            _wake.WaitOne();
            return;
        }
        // Rounded up: a toxic may be late, never early.
        double milliseconds = Math.Ceiling((due - Now).TotalMilliseconds);
        if (milliseconds > 0)
            _wake.WaitOne((int)Math.Min(milliseconds, int.MaxValue));
    }
}
