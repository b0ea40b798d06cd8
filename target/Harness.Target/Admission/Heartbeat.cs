namespace Harness.Target.Admission;

/// <summary>Knows whether somebody can be reached, by asking again and again. Not reached yet is not reached.</summary>
/// <param name="beat">Completes when it answers; throws when it does not.</param>
public sealed class Heartbeat(Func<CancellationToken, Task> beat, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(1);

    // A network that swallows everything is noticed by silence, before any limit of the client's own is over.
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(1.5);
    private long _answeredAt;
    private bool _answers;

    /// <summary>True from the first answer on, until one fails or none comes for 1.5 s.</summary>
    public bool IsAlive => Volatile.Read(ref _answers) && time.GetElapsedTime(Interlocked.Read(ref _answeredAt)) < SilenceMax;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await BeatAsync(stoppingToken);
            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(AnswerMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            await beat(either.Token);
            Interlocked.Exchange(ref _answeredAt, time.GetTimestamp());
            Volatile.Write(ref _answers, true);
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            Volatile.Write(ref _answers, false);
        }
    }
}
