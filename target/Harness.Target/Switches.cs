namespace Harness.Target;

/// <summary>The saga's style.</summary>
public enum Coordination
{
    /// <summary>No coordinator: each service reacts to the events of the others.</summary>
    Choreography,

    /// <summary>Orders writes each step down and then commands Payments and Inventory over HTTP.</summary>
    Orchestration,

    /// <summary>No saga: PostgreSQL prepares each order's three transactions, and Orders decides for all of them at once. The baseline that shows what waiting for a decision costs.</summary>
    TwoPhaseCommit,
}

/// <summary>What Orders keeps of an order.</summary>
public enum OrderStorage
{
    /// <summary>Its state.</summary>
    State,

    /// <summary>What happened to it; its state is made from that.</summary>
    Events,
}

/// <summary>What the bus is built on.</summary>
public enum BusKind
{
    /// <summary>Reliable lists: any server that speaks Redis.</summary>
    Lists,

    /// <summary>Redis Streams with consumer groups.</summary>
    Streams,
}

/// <summary>Where reads of products come from.</summary>
public enum Reads
{
    Cached,
    Strong,
}

/// <summary>Who protects outgoing calls by limiter, retry, breaker and timeout.</summary>
public enum ResilienceSwitch
{
    /// <summary>The caller.</summary>
    On,

    /// <summary>Nobody.</summary>
    Off,

    /// <summary>
    /// Between services their sidecars, over mutual TLS. Calls to stores stay with the caller, since a sidecar for HTTP understands neither
    /// Redis nor PostgreSQL: it could not tell a failed command from a slow one.
    /// </summary>
    Mesh,
}

/// <summary>What Orders does with new orders while their sagas could not begin: the bus is cut, or with a coordinator Payments.</summary>
public enum WhenCut
{
    /// <summary>Takes them and settles them later.</summary>
    Accept,

    /// <summary>Refuses them with 503 and says when to come again.</summary>
    Reject,
}

/// <summary>How changes of products reach the cache.</summary>
public enum CacheWrites
{
    /// <summary>The database is written, and the cache's entry dropped.</summary>
    Aside,

    /// <summary>The database is written, then the cache; acknowledged after both.</summary>
    Through,

    /// <summary>Prices are acknowledged when the cache has them, and reach the database later. Stock is written through.</summary>
    Back,
}

/// <summary>What keeps many misses of one product from reading the database all at once.</summary>
public enum Stampede
{
    /// <summary>One loads, across processes, and the others wait.</summary>
    Lock,

    /// <summary>Nothing does.</summary>
    None,

    /// <summary>As <see cref="Lock"/>, and now and then a read loads anew before the time is over, so that normally nobody waits.</summary>
    Early,
}

/// <summary>Whether the time to live differs from entry to entry.</summary>
public enum TtlJitter
{
    Off,
    On,
}

/// <summary>Whether a value whose time is over answers when no newer one can be had.</summary>
public enum FailSafe
{
    Off,
    On,
}
