using Harness.Load.Loops;

namespace Harness.Load.Running;

/// <summary>How a run is made, whatever its scenarios are.</summary>
internal sealed record LoadOptions
{
    public int Seed { get; init; }

    public IReadOnlyList<LoadPhase> Phases { get; init; } = [];

    public ILoadObserver? Observer { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>On how many event loops iterations begin, where there are any; 0 for the thread pool.</summary>
    public int LoopsMost { get; init; } = EventLoops.Usual;

    /// <summary>Iterations of one scenario that may be open at once.</summary>
    public int MaxOpen { get; init; } = 10_000;

    /// <summary>How long is waited for open iterations when nothing more is due.</summary>
    public TimeSpan CompletionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is wrong with it, each with the value seen.</summary>
    public IEnumerable<string> Problems()
    {
        if (LoopsMost < 0)
            yield return $"{LoopsMost} event loops; it must be 0 or more";
        if (MaxOpen < 1)
            yield return $"at most {MaxOpen} open iterations; it must be 1 or more";
        if (CompletionTimeout < TimeSpan.Zero)
            yield return $"a completion timeout of {CompletionTimeout}; it must not be negative";
        for (int i = 1; i < Phases.Count; i++)
        {
            if (Phases[i].Start < Phases[i - 1].Start)
                yield return $"phase '{Phases[i].Name}' starts at {Phases[i].Start}, before '{Phases[i - 1].Name}'";
        }
    }
}
