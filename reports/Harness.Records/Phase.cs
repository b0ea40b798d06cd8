namespace Harness.Records;

/// <summary>A part of the timeline of a run. An arrival belongs to the phase in which it was due.</summary>
public enum Phase
{
    /// <summary>Before or outside the timeline.</summary>
    None,

    /// <summary>Load runs; nothing is judged.</summary>
    Warmup,

    /// <summary>Load runs and nothing is wrong: what the fault is compared with.</summary>
    Baseline,

    /// <summary>Faults are in place.</summary>
    Fault,

    /// <summary>Every fault is healed and the load goes on.</summary>
    Recovery,

    /// <summary>The load has ended; the system is given time to come to rest.</summary>
    Settle,
}
