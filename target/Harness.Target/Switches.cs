namespace Harness.Target;

/// <summary>The saga's style.</summary>
public enum Coordination
{
    /// <summary>No coordinator: each service reacts to the events of the others.</summary>
    Choreography,
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

/// <summary>What Orders does with new orders while the bus is cut.</summary>
public enum WhenCut
{
    /// <summary>Takes them and settles them later.</summary>
    Accept,
}
