using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>Where a service's messages lie in Redis.</summary>
internal sealed class ListKeys(ServiceName service)
{
    private readonly string _prefix = $"bus:{service.Word()}:";

    /// <summary>List: published, held by nobody. Pushed left, taken right.</summary>
    public RedisKey Waiting => _prefix + "waiting";

    /// <summary>List: given up on.</summary>
    public RedisKey Dead => _prefix + "dead";

    /// <summary>Sorted set: every consumer by when it last said that it lives, in Unix milliseconds.</summary>
    public RedisKey Consumers => _prefix + "consumers";

    /// <summary>Hash: failed tries by message body's identity.</summary>
    public RedisKey Tries => _prefix + "tries";

    /// <summary>Channel: something was published.</summary>
    public RedisChannel Wake => RedisChannel.Literal(_prefix + "wake");

    /// <summary>List: what one consumer has taken and not yet acknowledged.</summary>
    public RedisKey Held(string consumer) => $"{_prefix}held:{consumer}";
}
