using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>
/// The bus on reliable lists, for servers that speak Redis but have no streams. Publishing pushes onto the service's waiting list; a
/// consumer moves (LMOVE, one atomic step on the server) from there to a list of its own and removes from that after its commit. So at
/// any moment a message is on some list, and every list of a dead consumer can be found through the register of consumers.
/// </summary>
/// <param name="seed">Fixes the jitter of redelivery.</param>
public sealed class ListBus(RedisLink redis, TimeProvider time, int seed = 1) : IBus
{
    public async Task PublishAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        var database = redis.Database;
        var pushes = messages.GroupBy(message => MessageTypes.ListenerOf(message.Type)).Select(async group =>
        {
            var keys = new ListKeys(group.Key);
            await database.ListLeftPushAsync(keys.Waiting, [.. group.Select(message => (RedisValue)message.ToJson())]);
            // Only a hint that saves the next poll; nobody misses a message when it is lost.
            await database.PublishAsync(keys.Wake, RedisValue.EmptyString, CommandFlags.FireAndForget);
        });
        await Task.WhenAll(pushes).WaitAsync(cancellationToken);
    }

    public IBusConsumer Join(ServiceName service) => new ListConsumer(redis, new ListKeys(service), Guid.NewGuid().ToString("N")[..12], time, new Random(seed));

    public async Task<IReadOnlyList<string>> DeadLettersAsync(ServiceName service, int max, CancellationToken cancellationToken)
    {
        var dead = await redis.Database.ListRangeAsync(new ListKeys(service).Dead, -max, -1).WaitAsync(cancellationToken);
        return [.. dead.Reverse().Select(body => body.ToString())];
    }

    public async Task<int> ReplayAsync(ServiceName service, CancellationToken cancellationToken)
    {
        var (keys, database) = (new ListKeys(service), redis.Database);
        var (count, replayed) = (await database.ListLengthAsync(keys.Dead).WaitAsync(cancellationToken), 0);
        while (replayed < count && (await database.ListMoveAsync(keys.Dead, keys.Waiting, ListSide.Right, ListSide.Left).WaitAsync(cancellationToken)).HasValue)
            replayed++;
        await database.PublishAsync(keys.Wake, RedisValue.EmptyString).WaitAsync(cancellationToken);
        return replayed;
    }

    public async Task PutAsync(ServiceName service, string body, CancellationToken cancellationToken)
    {
        var (keys, database) = (new ListKeys(service), redis.Database);
        await database.ListLeftPushAsync(keys.Waiting, body).WaitAsync(cancellationToken);
        await database.PublishAsync(keys.Wake, RedisValue.EmptyString, CommandFlags.FireAndForget);
    }

    public async Task<bool> ForgetDeadLetterAsync(ServiceName service, string body, CancellationToken cancellationToken) =>
        await redis.Database.ListRemoveAsync(new ListKeys(service).Dead, body, 1).WaitAsync(cancellationToken) > 0;

    public async Task<BusCounts> CountAsync(ServiceName service, CancellationToken cancellationToken)
    {
        var keys = new ListKeys(service);
        var consumers = await redis.Database.SortedSetRangeByRankAsync(keys.Consumers).WaitAsync(cancellationToken);
        while (true)
        {
            // In one step on the server: a message that moves between lists while they are counted one by one could be on neither.
            var step = redis.Database.CreateTransaction();
            var present = step.SortedSetRangeByRankAsync(keys.Consumers);
            var dead = step.ListLengthAsync(keys.Dead);
            var undelivered = consumers.Select(consumer => step.ListLengthAsync(keys.Held(consumer.ToString()))).Append(step.ListLengthAsync(keys.Waiting)).ToList();
            await step.ExecuteAsync().WaitAsync(cancellationToken);
            var counts = new BusCounts((await Task.WhenAll(undelivered)).Sum(), await dead);
            if (!(await present).Except(consumers).Any())
                return counts;
            // Somebody has joined: its list was left out.
            consumers = await present;
        }
    }
}
