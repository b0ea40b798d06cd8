namespace Harness.Checks.Pacelc;

/// <summary>What a mode chose, as far as the evidence goes.</summary>
public enum Choice
{
    /// <summary>The intervals are too wide to tell, or the runs prove nothing.</summary>
    Undecided,

    /// <summary>PA: under the cut every side stayed as available as before.</summary>
    Availability,

    /// <summary>PC or EC: nothing was seen that should not have been.</summary>
    Consistency,

    /// <summary>Under this cut both held: it forced no choice.</summary>
    Both,

    /// <summary>EL: faster than another mode, for stale reads.</summary>
    Latency,

    /// <summary>It paid and got nothing for it: a defect.</summary>
    Neither,
}

/// <summary>The label of a mode, and why.</summary>
/// <param name="Mode">Its name.</param>
/// <param name="UnderPartition">PA, PC, both, or neither.</param>
/// <param name="PartitionWhy">The evidence in one sentence.</param>
/// <param name="Else">EL, EC, or neither.</param>
/// <param name="ElseWhy">The evidence in one sentence.</param>
/// <param name="Defects">What no choice excuses; empty when there is none.</param>
public sealed record ModeLabel(string Mode, Choice UnderPartition, string PartitionWhy, Choice Else, string ElseWhy, IReadOnlyList<string> Defects)
{
    /// <summary><c>PA/EL</c>, <c>PC/EC</c>, <c>PA+PC/EC</c>, <c>neither/EC</c>, <c>P?/E?</c>.</summary>
    public string Text => UnderPartition switch
    {
        Choice.Availability => "PA",
        Choice.Consistency => "PC",
        Choice.Both => "PA+PC",
        Choice.Neither => "neither",
        _ => "P?",
    } + "/" + Else switch
    {
        Choice.Latency => "EL",
        Choice.Consistency => "EC",
        Choice.Neither => "neither",
        _ => "E?",
    };
}
