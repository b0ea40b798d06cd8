namespace Harness.Records;

/// <summary>The one clock of a run: everything in a record is a time since its start, read from one monotonic source.</summary>
public sealed class RunClock(TimeProvider time)
{
    private readonly long _origin = time.GetTimestamp();

    /// <summary>Where the clock stood on the calendar when the run started (UTC).</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>The source of every wait and every timestamp of the run.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Time since the start of the run.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_origin);

    /// <summary>The time since the start of the run of a <see cref="TimeProvider.GetTimestamp"/> taken from <see cref="Time"/>.</summary>
    public TimeSpan At(long timestamp) => Time.GetElapsedTime(_origin, timestamp);
}
