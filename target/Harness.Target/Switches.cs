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

/// <summary>Whether outgoing calls go through a pipeline of timeout, retry and breaker.</summary>
public enum ResilienceSwitch
{
    On,
    Off,
}

/// <summary>What Orders does with new orders while the bus is cut.</summary>
public enum WhenCut
{
    /// <summary>Takes them and settles them later.</summary>
    Accept,
}
