using System.Runtime.InteropServices;

namespace Harness.Load.Running;

/// <summary>Waits by the machine's clock, on a thread of its own: .NET's timers are about 2 ms late at any rate, a sleeping thread 0.1 ms.</summary>
internal sealed class PreciseWaiter(TimeProvider time) : IWaiter
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>The part of a wait that is left for the fine sleep, which cannot be cancelled.</summary>
    private static readonly TimeSpan FineSleep = TimeSpan.FromMilliseconds(2);

    private readonly double _secondsPerTick = 1.0 / time.TimestampFrequency;

    public bool WaitUntil(long timestamp, CancellationToken stopToken)
    {
        while (!stopToken.IsCancellationRequested)
        {
            double seconds = (timestamp - time.GetTimestamp()) * _secondsPerTick;
            if (seconds <= 0)
                return true;
            if (seconds > FineSleep.TotalSeconds)
                stopToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000) - FineSleep.TotalSeconds / 2));
            else
                Nap(seconds);
        }

        return false;
    }


    private static void Nap(double seconds)
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.Yield();
            return;
        }

        var length = new TimeSpec { Nanoseconds = (nint)(seconds * NanosecondsPerSecond) };
        _ = NanoSleep(in length, 0);
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    private static extern int NanoSleep(in TimeSpec length, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
