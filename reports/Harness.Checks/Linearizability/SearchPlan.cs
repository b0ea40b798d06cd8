namespace Harness.Checks.Linearizability;

/// <summary>A key's history laid out for the search. Level <c>i</c> is the moment just before the <c>i</c>th return.</summary>
/// <remarks>Only what is open at a level matters there, so each open step gets one of a few slots while it is open: a set of open steps
/// is then
/// a few bits, whatever the length of the history.</remarks>
internal sealed class SearchPlan
{
    public const int Slots = 128;

    /// <summary>Steps that returned, in the order of invocation.</summary>
    public required TimedStep[] Steps { get; init; }

    /// <summary>What each of them does, once more by itself: the search reads nothing else.</summary>
    public required Step[] Step { get; init; }

    /// <summary>The slot of each step while it is open.</summary>
    public required byte[] Slot { get; init; }

    /// <summary>For each level the step that returns at its end.</summary>
    public required int[] Returning { get; init; }

    /// <summary>Where each level's open steps begin in <see cref="Open"/>; one entry more than levels.</summary>
    public required int[] OpenFrom { get; init; }

    /// <summary>For each level the steps that are open, in the order of invocation.</summary>
    public required int[] Open { get; init; }

    /// <summary>What may have happened besides, in the order of first invocation.</summary>
    public required CrashedKind[] Crashed { get; init; }

    public int Levels => Returning.Length;

    public ReadOnlySpan<int> OpenAt(int level) => Open.AsSpan(OpenFrom[level]..OpenFrom[level + 1]);
}
