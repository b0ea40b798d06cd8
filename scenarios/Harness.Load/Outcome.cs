namespace Harness.Load;

/// <summary>What a client may conclude from what came of its call.</summary>
public enum Outcome
{
    /// <summary>It may have taken effect, now or later: a timeout, a reset after sending, an exception nobody expected.</summary>
    Unknown,

    /// <summary>It took effect and the client was told so.</summary>
    Ok,

    /// <summary>It surely did not happen: never sent, or turned away by an answer that promises no effect.</summary>
    Refused,
}
