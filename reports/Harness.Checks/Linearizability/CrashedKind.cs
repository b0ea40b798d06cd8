namespace Harness.Checks.Linearizability;

/// <summary>Crashed steps that do the same: any of them stands for any other, the one asked first above all.</summary>
/// <param name="Step">What they do.</param>
/// <param name="AvailableFrom">For each, ascending, the level at which it has been asked.</param>
/// <param name="UsefulUntil">The last level at which what it leaves behind could still be seen.</param>
internal sealed record CrashedKind(Step Step, int[] AvailableFrom, int UsefulUntil)
{
    /// <summary>How many have been asked at a level.</summary>
    public int Available(int level)
    {
        int place = Array.BinarySearch(AvailableFrom, level);
        if (place < 0)
            return ~place;

        while (place < AvailableFrom.Length && AvailableFrom[place] == level)
            place++;
        return place;
    }
}
