using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>One consumer of a <see cref="StreamBus"/>.</summary>
/// <remarks>
/// A caller is done with one batch before it asks for the next. So whatever the group has pending for us at that moment was rejected, or its
/// reply or acknowledgement was lost: it is looked for after every error, and once a second in any case. Dead consumers stay in the group by
/// name: deleting one that wakes up in that moment would make what it then reads unclaimable for ever.
/// </remarks>
internal sealed class StreamConsumer(RedisLink redis, StreamKeys keys, string id, TimeProvider time, Random random) : IBusConsumer, IDisposable
{
    // The second is more than it may put off plus what one batch may add.
    private const int BatchMax = 32, HeldMax = 128;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RoundsEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(3);

    private readonly Postponed _postponed = new(time, random);
    private readonly WakeUp _wake = new(redis, keys.Wake);
    private TimeSpan _nextRound = TimeSpan.MinValue;

    public async Task<IReadOnlyList<Delivery>> ReceiveAsync(CancellationToken cancellationToken)
    {
        await redis.FirstAttempt.WaitAsync(cancellationToken);
        while (true)
        {
            var batch = await MarkSuspectOnErrorAsync(TakeAsync(cancellationToken));
            if (batch.Count > 0)
                return batch;
            await _wake.WaitAsync(Poll, cancellationToken);
        }
    }

    public async Task AcknowledgeAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        foreach (var delivery in deliveries)
            _postponed.Remove(delivery.Handle);
        if (deliveries.Count > 0)
            await MarkSuspectOnErrorAsync(LetGoAsync(redis.Database.CreateTransaction(), deliveries, cancellationToken));
    }

    public void Postpone(Delivery delivery)
    {
        _postponed.Add(delivery.Handle);
        _nextRound = Soonest(_nextRound);
    }

    public async Task<bool> RejectAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var database = redis.Database;
        if (delivery.Message is not null && await database.HashIncrementAsync(keys.Tries, delivery.Handle).WaitAsync(cancellationToken) < ListConsumer.TriesMax)
        {
            Postpone(delivery);
            return false;
        }

        _postponed.Remove(delivery.Handle);
        var burial = database.CreateTransaction();
        _ = burial.ListLeftPushAsync(keys.Dead, delivery.Body);
        return await LetGoAsync(burial, [delivery], cancellationToken);
    }

    public void Dispose() => _wake.Dispose();

    private async Task<bool> LetGoAsync(ITransaction step, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        RedisValue[] entries = [.. deliveries.Select(delivery => (RedisValue)delivery.Handle)];
        _ = step.StreamAcknowledgeAsync(keys.Stream, StreamKeys.Group, entries);
        _ = step.StreamDeleteAsync(keys.Stream, entries);
        if (deliveries.Any(delivery => delivery.Redelivered))
            _ = step.HashDeleteAsync(keys.Tries, entries);
        return await step.ExecuteAsync().WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Delivery>> TakeAsync(CancellationToken cancellationToken)
    {
        if (_postponed.Now >= _nextRound && await MakeRoundAsync(cancellationToken) is { Count: > 0 } held)
            return held;
        if (_postponed.IsFull)
            return [];
        var entries = await redis.Database.StreamReadGroupAsync(keys.Stream, StreamKeys.Group, id, StreamPosition.NewMessages, BatchMax).WaitAsync(cancellationToken);
        return [.. entries.Select(entry => Read(entry, redelivered: false))];
    }

    /// <summary>Makes the group when it is not there, claims what dead consumers hold, and returns all that is pending for us.</summary>
    private async Task<IReadOnlyList<Delivery>> MakeRoundAsync(CancellationToken cancellationToken)
    {
        var database = redis.Database;
        await CreateGroupAsync(database).WaitAsync(cancellationToken);
        await _wake.SubscribeAsync(cancellationToken);
        await database.StreamAutoClaimIdsOnlyAsync(keys.Stream, StreamKeys.Group, id, (long)DeadAfter.TotalMilliseconds, StreamPosition.Beginning, BatchMax).WaitAsync(cancellationToken);
        var held = await database.StreamReadGroupAsync(keys.Stream, StreamKeys.Group, id, StreamPosition.Beginning, HeldMax).WaitAsync(cancellationToken);
        // Only now: had anything above failed, the round would be due again at once.
        _postponed.KeepOnly(held.Select(entry => entry.Id.ToString()));
        var due = held.Where(entry => entry.Values.Length > 0 && _postponed.IsDue(entry.Id.ToString())).Take(BatchMax).Select(entry => Read(entry, redelivered: true)).ToList();
        _nextRound = due.Count > 0 ? _postponed.Now + RoundsEvery : Soonest(_postponed.Now + RoundsEvery);
        return due;
    }

    /// <summary>From the beginning of the stream, so that nothing published before the first consumer came is missed.</summary>
    private async Task CreateGroupAsync(IDatabase database)
    {
        try
        {
            await database.StreamCreateConsumerGroupAsync(keys.Stream, StreamKeys.Group, StreamPosition.Beginning, createStream: true);
        }
        catch (RedisServerException there) when (there.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            return;
        }
    }

    private async Task<T> MarkSuspectOnErrorAsync<T>(Task<T> commands)
    {
        try
        {
            return await commands;
        }
        catch (Exception) // Whatever it was, the server may have done its part; a server that came back empty has no group either.
        {
            _nextRound = TimeSpan.MinValue;
            throw;
        }
    }

    private TimeSpan Soonest(TimeSpan round) => _postponed.NextDue is { } due && due < round ? due : round;

    private static Delivery Read(StreamEntry entry, bool redelivered)
    {
        var body = entry[StreamKeys.Body].ToString();
        return new Delivery(body, Message.TryParse(body), redelivered) { Handle = entry.Id.ToString() };
    }
}
