using System.Collections.Concurrent;

namespace Harness.Load.Recording;

/// <summary>Remembers in which order steps were first seen, so that they are listed as they are written whichever thread counted them.</summary>
internal sealed class StepOrder
{
    private readonly ConcurrentDictionary<string, int> _seen = [];
    private int _count;

    public int Of(string step) => _seen.GetOrAdd(step, _ => Interlocked.Increment(ref _count));
}
