using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>Knows what each write came after: who sees the write must not see an older state of that.</summary>
/// <remarks>A write came after anything that its session read before (it may be based on that), and after anything that it wrote before.
/// Of that the last <see cref="Remembered"/> entities are kept, so
/// that memory and time
/// stay linear; a violation through an older one is missed, never one found that is none.</remarks>
internal sealed class WriteCauses
{
    private const int Remembered = 8;

    // By key, ascending by version: what each write was based on.
    private readonly Dictionary<string, (long Version, SessionStep[] Based)[]> _writes = [];

    // What a session must see by now, and which writes of a key it has already been taken to account for.
    private readonly Dictionary<(int Process, string Key), (long Version, Operation Read)> _required = [];
    private readonly Dictionary<(int Process, string Key), int> _seen = [];

    /// <param name="steps">In the order of invocation.</param>
    /// <param name="areWrites">Whether what a session wrote before counts, or what it read.</param>
    public WriteCauses(SessionStep[] steps, bool areWrites)
    {
        var recent = new Dictionary<int, List<SessionStep>>();
        var writes = new List<(SessionStep Write, SessionStep[] Based)>();
        foreach (SessionStep step in steps)
        {
            if (!recent.TryGetValue(step.Source.Process, out List<SessionStep>? reads))
                recent.Add(step.Source.Process, reads = []);

            if (step.IsWrite)
                writes.Add((step, [.. reads.Where(read => read.Source.Key != step.Source.Key)]));
            if (step.IsWrite == areWrites)
                Remember(reads, step);
        }

        foreach (var key in writes.Where(w => w.Based.Length > 0).GroupBy(w => w.Write.Source.Key))
            _writes.Add(key.Key, [.. key.Select(w => (w.Write.Version, w.Based)).OrderBy(w => w.Version)]);
    }

    /// <summary>What this session must see of the entity, because it saw a write that was based on it; null when it may see
    /// anything.</summary>
    public (long Version, Operation Read)? Required(in SessionStep read) =>
        _required.TryGetValue((read.Source.Process, read.Source.Key), out (long, Operation) required) ? required : null;

    /// <summary>From here on the session is bound by every write up to the version it saw.</summary>
    public void Saw(in SessionStep read)
    {
        if (!_writes.TryGetValue(read.Source.Key, out (long Version, SessionStep[] Based)[]? writes))
            return;

        var place = (read.Source.Process, read.Source.Key);
        int next = _seen.GetValueOrDefault(place);
        for (; next < writes.Length && writes[next].Version <= read.Version; next++)
        {
            foreach (SessionStep based in writes[next].Based)
                Require((read.Source.Process, based.Source.Key), based, read.Source);
        }

        _seen[place] = next;
    }

    private void Require((int, string) place, in SessionStep based, in Operation because)
    {
        if (!_required.TryGetValue(place, out (long Version, Operation) known) || based.Version > known.Version)
            _required[place] = (based.Version, because);
    }

    private static void Remember(List<SessionStep> reads, in SessionStep read)
    {
        string key = read.Source.Key;
        int place = reads.FindIndex(known => known.Source.Key == key);
        SessionStep keep = place >= 0 && reads[place].Version > read.Version ? reads[place] : read;
        if (place >= 0)
            reads.RemoveAt(place);
        else if (reads.Count == Remembered)
            reads.RemoveAt(0);
        reads.Add(keep);
    }
}
