namespace Harness.Target.Chaos.Process;

/// <summary>The wall clock of this service is ahead of everybody else's, or behind. How time passes stays as it is.</summary>
public sealed record ClockOffset : ServiceFault
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(7);

    /// <value>Positive for ahead; not 0, at most a week either way.</value>
    public required TimeSpan By { get; init; }

    public override IEnumerable<string> Problems(ServiceOptions options)
    {
        if (By == TimeSpan.Zero || By.Duration() > Most)
            yield return $"by: {By} is 0 or more than {Most} either way.";
    }
}
