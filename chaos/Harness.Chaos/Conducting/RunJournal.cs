using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Puts events on the run's clock, into its record and before whoever watches.</summary>
internal sealed class RunJournal(RunRecordWriter record, IRunProgress progress)
{
    private readonly Lock _telling = new();

    public RunClock Clock => record.Clock;

    public void Write(EventKind kind, string? subject = null, string? detail = null, IReadOnlyDictionary<string, double>? numbers = null) =>
        WriteAt(Clock.Now, kind, subject, detail, numbers);

    public void WriteAt(
        TimeSpan at, EventKind kind, string? subject = null, string? detail = null, IReadOnlyDictionary<string, double>? numbers = null)
    {
        var happened = new TimelineEvent { At = at, Kind = kind, Subject = subject, Detail = detail, Numbers = numbers };
        lock (_telling)
        {
            record.Write(happened);
            progress.Happened(happened);
        }
    }

    /// <summary>Waits until the run's clock shows <paramref name="moment"/>; returns at once when that has passed.</summary>
    public async Task UntilAsync(TimeSpan moment, CancellationToken cancellationToken)
    {
        TimeSpan left = moment - Clock.Now;
        if (left > TimeSpan.Zero)
            await Task.Delay(left, Clock.Time, cancellationToken);
    }
}
