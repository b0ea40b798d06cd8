using Harness.Target.Storage;

namespace Harness.Target.Messaging;

/// <summary>Brings what the outbox holds onto the bus: at once when something was written, and again and again while the bus is away.</summary>
public sealed class OutboxPublisher(IStore store, IBus bus, TimeProvider time, ILogger<OutboxPublisher> logger) : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(250);

    // Rows may also come from another process on the same file, which cannot wake us.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // What the bus has taken is removed a little later, many rows at once: a commit for each would cost more than the publishing. A crash in between
    // publishes them again; inboxes are there for that.
    private static readonly TimeSpan RemoveAfter = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim _wake = new(0, int.MaxValue);
    private long _publishedUpTo;
    private long _publishedAt;

    /// <summary>Says that a transaction with messages has committed.</summary>
    public void Wake() => _wake.Release();

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PublishAllAsync(stoppingToken);
                if (away)
                    logger.LogWarning("The bus takes messages again.");
                away = false;
                await _wake.WaitAsync(_publishedUpTo == 0 ? LookEvery : RemoveAfter, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!away)
                    logger.LogWarning("The bus does not take messages, they wait in the outbox: {Problem}", e.Message);
                away = true;
                await Task.Delay(RetryEvery, time, stoppingToken);
            }
        }
    }

    private async Task PublishAllAsync(CancellationToken cancellationToken)
    {
        // Every wake until here is answered by the reads below.
        while (_wake.CurrentCount > 0)
            await _wake.WaitAsync(cancellationToken);
        if (_publishedUpTo > 0 && time.GetElapsedTime(_publishedAt) >= RemoveAfter)
        {
            await store.WriteAsync(connection => Outbox.Remove(connection, _publishedUpTo), cancellationToken);
            _publishedUpTo = 0;
        }

        // A batch that is not full was the last: whatever is written from then on wakes us again.
        for (var rows = Next(); rows.Count > 0; rows = rows.Count == Outbox.BatchMax ? Next() : [])
        {
            // Every row was written by Outbox.Add, so it can be read.
            using (var batch = BusTracing.Publishing([.. rows.Select(row => Message.TryParse(row.Body)!)]))
                await bus.PublishAsync(batch.Messages, cancellationToken);
            if (_publishedUpTo == 0)
                _publishedAt = time.GetTimestamp();
            _publishedUpTo = rows[^1].Sequence;
        }
    }

    private IReadOnlyList<OutboxRow> Next() => store.ReadOne(connection => Outbox.Oldest(connection, _publishedUpTo));
}
