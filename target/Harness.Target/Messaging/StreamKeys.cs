using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>Where a service's messages lie in Redis when the bus is built on streams.</summary>
internal sealed class StreamKeys(ServiceName service)
{
    /// <summary>The one group: all consumers of the service share its messages.</summary>
    public const string Group = "consumers";

    /// <summary>The field of an entry that holds the message.</summary>
    public const string Body = "body";

    private readonly string _prefix = $"bus:{service.Word()}:";

    /// <summary>Stream: published and not yet acknowledged; an acknowledged entry is deleted.</summary>
    public RedisKey Stream => _prefix + "stream";

    /// <summary>List: given up on.</summary>
    public RedisKey Dead => _prefix + "dead";

    /// <summary>Hash: failed tries by entry.</summary>
    public RedisKey Tries => _prefix + "tries";

    /// <summary>Channel: something was published.</summary>
    public RedisChannel Wake => RedisChannel.Literal(_prefix + "wake");
}
