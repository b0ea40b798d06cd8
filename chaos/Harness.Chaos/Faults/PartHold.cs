namespace Harness.Chaos.Faults;

/// <summary>What of a part is held by faults of several kinds; see <see cref="Fault.Holds"/>.</summary>
internal static class PartHold
{
    /// <summary>Whether it runs, stands still, and where: kill, pause, move and the like.</summary>
    public const string Processes = "processes";
}
