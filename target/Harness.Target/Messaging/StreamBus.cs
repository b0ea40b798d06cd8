using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>
/// The bus on Redis Streams: a stream for each service, read by one consumer group. What a consumer has read stays in the group's list of
/// pending entries until it is acknowledged, and what a silent consumer holds is claimed by another. Acknowledging deletes the entry, so
/// the length of the stream is what is undelivered.
/// </summary>
/// <param name="seed">Fixes the jitter of redelivery.</param>
public sealed class StreamBus(RedisLink redis, TimeProvider time, int seed = 1) : IBus
{
    public async Task PublishAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        var database = redis.Database;
        var additions = messages.GroupBy(message => MessageTypes.ListenerOf(message.Type)).Select(async group =>
        {
            var keys = new StreamKeys(group.Key);
            await Task.WhenAll(group.Select(message => database.StreamAddAsync(keys.Stream, StreamKeys.Body, message.ToJson())));
            // Only a hint that saves the next poll; nobody misses a message when it is lost.
            await database.PublishAsync(keys.Wake, RedisValue.EmptyString, CommandFlags.FireAndForget);
        });
        await Task.WhenAll(additions).WaitAsync(cancellationToken);
    }

    public IBusConsumer Join(ServiceName service) => new StreamConsumer(redis, new StreamKeys(service), Guid.NewGuid().ToString("N")[..12], time, new Random(seed));

    public async Task<IReadOnlyList<string>> DeadLettersAsync(ServiceName service, int max, CancellationToken cancellationToken)
    {
        var dead = await redis.Database.ListRangeAsync(new StreamKeys(service).Dead, -max, -1).WaitAsync(cancellationToken);
        return [.. dead.Reverse().Select(body => body.ToString())];
    }

    public async Task<int> ReplayAsync(ServiceName service, CancellationToken cancellationToken)
    {
        var (keys, database) = (new StreamKeys(service), redis.Database);
        var (count, replayed) = (await database.ListLengthAsync(keys.Dead).WaitAsync(cancellationToken), 0);
        while (replayed < count && await database.ListGetByIndexAsync(keys.Dead, -1).WaitAsync(cancellationToken) is { HasValue: true } body)
        {
            var step = database.CreateTransaction();
            step.AddCondition(Condition.ListIndexEqual(keys.Dead, -1, body)); // Not when somebody else replays it in this moment.
            _ = step.StreamAddAsync(keys.Stream, StreamKeys.Body, body);
            _ = step.ListRightPopAsync(keys.Dead);
            replayed += await step.ExecuteAsync().WaitAsync(cancellationToken) ? 1 : 0;
        }

        await database.PublishAsync(keys.Wake, RedisValue.EmptyString).WaitAsync(cancellationToken);
        return replayed;
    }

    public async Task PutAsync(ServiceName service, string body, CancellationToken cancellationToken)
    {
        var (keys, database) = (new StreamKeys(service), redis.Database);
        await database.StreamAddAsync(keys.Stream, StreamKeys.Body, body).WaitAsync(cancellationToken);
        await database.PublishAsync(keys.Wake, RedisValue.EmptyString, CommandFlags.FireAndForget);
    }

    public async Task<bool> ForgetDeadLetterAsync(ServiceName service, string body, CancellationToken cancellationToken) =>
        await redis.Database.ListRemoveAsync(new StreamKeys(service).Dead, body, 1).WaitAsync(cancellationToken) > 0;

    public async Task<BusCounts> CountAsync(ServiceName service, CancellationToken cancellationToken)
    {
        var keys = new StreamKeys(service);
        var step = redis.Database.CreateTransaction();
        var undelivered = step.StreamLengthAsync(keys.Stream);
        var dead = step.ListLengthAsync(keys.Dead);
        await step.ExecuteAsync().WaitAsync(cancellationToken);
        return new BusCounts(await undelivered, await dead);
    }
}
