using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>One consumer of a <see cref="ListBus"/>.</summary>
/// <remarks>
/// A reply can be lost after the server has moved a message: then it lies on our held list and we do not know. Since a caller is done with
/// one batch before it asks for the next, whatever lies there at that moment is such a message, a rejected one, or one whose
/// acknowledgement was lost; so the held list is looked at after every error, and once a second in any case (a delayed command may
/// still take effect after the error was dealt with).
/// </remarks>
internal sealed class ListConsumer(RedisLink redis, ListKeys keys, string id, TimeProvider time, Random random) : IBusConsumer, IDisposable
{
    /// <summary>A message that failed this often is set aside.</summary>
    internal const int TriesMax = 5;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RoundsEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    // The first move fetches the usual single message; the more there are, the more are asked for at once.
    private static readonly int[] Moves = [1, 7, 24];

    // More than it may put off plus what one batch may add.
    private const int HeldMax = 128, BatchMax = 32;

    private readonly Postponed _postponed = new(time, random);
    private readonly WakeUp _wake = new(redis, keys.Wake);
    private TimeSpan _nextRound = TimeSpan.MinValue;

    public async Task<IReadOnlyList<Delivery>> ReceiveAsync(CancellationToken cancellationToken)
    {
        await redis.FirstAttempt.WaitAsync(cancellationToken);
        while (true)
        {
            var batch = await TakeAsync(cancellationToken);
            if (batch.Count > 0)
                return batch;
            await _wake.WaitAsync(Poll, cancellationToken);
        }
    }

    public async Task AcknowledgeAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var database = redis.Database;
        foreach (var delivery in deliveries)
            _postponed.Remove(delivery.Handle);
        var removals = deliveries.Select(delivery => database.ListRemoveAsync(keys.Held(id), delivery.Body, 1)).ToList<Task>();
        removals.AddRange(deliveries.Where(delivery => delivery.Redelivered && delivery.Message is not null)
            .Select(delivery => database.HashDeleteAsync(keys.Tries, delivery.Message!.Id)));
        await MarkSuspectOnErrorAsync(Task.WhenAll(removals), cancellationToken);
    }

    public void Postpone(Delivery delivery)
    {
        _postponed.Add(delivery.Handle);
        _nextRound = Soonest(_nextRound);
    }

    public async Task<bool> RejectAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var database = redis.Database;
        if (delivery.Message is { } message && await database.HashIncrementAsync(keys.Tries, message.Id).WaitAsync(cancellationToken) < TriesMax)
        {
            Postpone(delivery);
            return false;
        }

        _postponed.Remove(delivery.Handle);
        var burial = database.CreateTransaction();
        _ = burial.ListRemoveAsync(keys.Held(id), delivery.Body, 1);
        _ = burial.ListLeftPushAsync(keys.Dead, delivery.Body);
        if (delivery.Message is not null)
            _ = burial.HashDeleteAsync(keys.Tries, delivery.Message.Id);
        return await burial.ExecuteAsync().WaitAsync(cancellationToken);
    }

    public void Dispose() => _wake.Dispose();

    private async Task<IReadOnlyList<Delivery>> TakeAsync(CancellationToken cancellationToken)
    {
        if (_postponed.Now >= _nextRound)
        {
            var held = await MakeRoundAsync(cancellationToken);
            if (held.Count > 0)
                return held;
        }

        var batch = new List<Delivery>();
        if (_postponed.IsFull)
            return batch;
        foreach (var count in Moves)
        {
            var bodies = await MarkSuspectOnErrorAsync(Task.WhenAll(Enumerable.Range(0, count).Select(_ => MoveAsync(keys.Waiting, keys.Held(id)))), cancellationToken);
            batch.AddRange(bodies.Where(body => body.HasValue).Select(body => Read(body!, redelivered: false)));
            if (batch.Count == 0 || !bodies[^1].HasValue)
                break;
        }

        return batch;
    }

    /// <summary>Says that we live, gives back what dead consumers held, and returns what we hold ourselves.</summary>
    private async Task<IReadOnlyList<Delivery>> MakeRoundAsync(CancellationToken cancellationToken)
    {
        var database = redis.Database;
        // The server's clock: those of the consumers may differ, and one that is ahead would look alive long after its death.
        var now = await redis.TimeAsync().WaitAsync(cancellationToken);
        await database.SortedSetAddAsync(keys.Consumers, id, now.ToUnixTimeMilliseconds()).WaitAsync(cancellationToken);
        await _wake.SubscribeAsync(cancellationToken);
        var silent = await database.SortedSetRangeByScoreWithScoresAsync(keys.Consumers, stop: (now - DeadAfter).ToUnixTimeMilliseconds()).WaitAsync(cancellationToken);
        foreach (var consumer in silent.Where(consumer => consumer.Element != id))
            await GiveBackAsync(consumer, now, cancellationToken);
        var held = await database.ListRangeAsync(keys.Held(id), -HeldMax, -1).WaitAsync(cancellationToken);
        // Only now: had anything above failed, the round would be due again at once.
        _postponed.KeepOnly(held.Select(body => body.ToString()));
        var due = held.Where(body => _postponed.IsDue(body.ToString())).TakeLast(BatchMax).Select(body => Read(body!, redelivered: true)).ToList();
        _nextRound = due.Count > 0 ? _postponed.Now + RoundsEvery : Soonest(_postponed.Now + RoundsEvery);
        return due;
    }

    private async Task GiveBackAsync(SortedSetEntry consumer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = keys.Held(consumer.Element.ToString());
        while ((await MoveAsync(held, keys.Waiting).WaitAsync(cancellationToken)).HasValue)
        {
        }

        // Not sooner: a consumer that was only stopped may go on taking messages for a moment before it registers again.
        if (consumer.Score < (now - ForgottenAfter).ToUnixTimeMilliseconds())
            await redis.Database.SortedSetRemoveAsync(keys.Consumers, consumer.Element).WaitAsync(cancellationToken);
    }

    private Task<RedisValue> MoveAsync(RedisKey from, RedisKey to) => redis.Database.ListMoveAsync(from, to, ListSide.Right, ListSide.Left);

    private async Task<T> MarkSuspectOnErrorAsync<T>(Task<T> commands, CancellationToken cancellationToken)
    {
        await MarkSuspectOnErrorAsync((Task)commands, cancellationToken);
        return await commands;
    }

    private async Task MarkSuspectOnErrorAsync(Task commands, CancellationToken cancellationToken)
    {
        try
        {
            await commands.WaitAsync(cancellationToken);
        }
        catch (Exception) // Whatever it was, the server may have done its part.
        {
            _nextRound = TimeSpan.MinValue;
            throw;
        }
    }

    private TimeSpan Soonest(TimeSpan round) => _postponed.NextDue is { } due && due < round ? due : round;

    private static Delivery Read(string body, bool redelivered) => new(body, Message.TryParse(body), redelivered);
}
