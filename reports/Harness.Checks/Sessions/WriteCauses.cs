using System.Runtime.InteropServices;
using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>Knows what each write came after in its own session: who sees the write must not see an older state of that.</summary>
/// <remarks>A write comes after anything its session read, or wrote, before; which of the two is said to the constructor. Of that the last
/// <see cref="Remembered"/> entities are kept, and of the writes that a read shows for the first time the last <see cref="Followed"/>, so
/// that memory and time stay linear; a violation through an older one is missed, never one found that is none.</remarks>
internal sealed class WriteCauses
{
    private const int Remembered = 8;
    private const int Followed = 8;
    private readonly SessionStep[] _steps;
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);

    // By key, ascending by version: what each write came after.
    private readonly Dictionary<int, (long Version, (int Key, long Version)[] After)[]> _writes = [];
    private readonly Dictionary<int, Bound> _sessions = [];

    /// <param name="steps">In the order of invocation.</param>
    /// <param name="afterWrites">Whether writes count that come after writes (monotonic writes), or those that come after reads (writes
    /// follow reads).</param>
    public WriteCauses(SessionStep[] steps, bool afterWrites)
    {
        _steps = steps;
        var recent = new Dictionary<int, List<(int Key, long Version)>>();
        var writes = new Dictionary<int, List<(long Version, (int Key, long Version)[] After)>>();
        foreach (SessionStep step in steps)
        {
            int key = NumberOf(step.Source.Key);
            if (!recent.TryGetValue(step.Source.Process, out List<(int Key, long Version)>? earlier))
                recent.Add(step.Source.Process, earlier = []);

            if (step.IsWrite && earlier.Where(e => e.Key != key).ToArray() is { Length: > 0 } after)
                (writes.TryGetValue(key, out var ofKey) ? ofKey : writes[key] = []).Add((step.Version, after));
            if (step.IsWrite == afterWrites)
                Remember(earlier, key, step.Version);
        }

        foreach ((int key, var ofKey) in writes)
            _writes.Add(key, [.. ofKey.OrderBy(write => write.Version)]);
    }

    /// <summary>What this session must see of the entity, because it saw a write that came after it; null when it may see
    /// anything.</summary>
    public (long Version, Operation Read)? Required(in SessionStep read) =>
        _sessions.TryGetValue(read.Source.Process, out Bound? bound) && bound.To.TryGetValue(_keys[read.Source.Key], out (long Version, int Read) required)
            ? (required.Version, _steps[required.Read].Source)
            : null;

    /// <summary>From here on the session is bound by the writes up to the version it saw.</summary>
    /// <param name="place">Of a read, among the steps.</param>
    public void Saw(int place)
    {
        SessionStep read = _steps[place];
        int key = _keys[read.Source.Key];
        if (!_writes.TryGetValue(key, out (long Version, (int Key, long Version)[] After)[]? writes))
            return;

        ref Bound? bound = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessions, read.Source.Process, out _);
        bound ??= new Bound();
        ref int seen = ref CollectionsMarshal.GetValueRefOrAddDefault(bound.Seen, key, out _);
        int until = CountUpTo(writes, read.Version);
        for (int next = Math.Max(seen, until - Followed); next < until; next++)
        {
            foreach ((int other, long version) in writes[next].After)
                bound.Require(other, version, place);
        }

        seen = Math.Max(seen, until);
    }

    private int NumberOf(string key)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, key, out bool known);
        return known ? number : number = _keys.Count - 1;
    }

    private static int CountUpTo((long Version, (int Key, long Version)[] After)[] ascending, long version)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle].Version <= version)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static void Remember(List<(int Key, long Version)> earlier, int key, long version)
    {
        int place = earlier.FindIndex(known => known.Key == key);
        if (place >= 0)
        {
            version = Math.Max(earlier[place].Version, version);
            earlier.RemoveAt(place);
        }
        else if (earlier.Count == Remembered)
        {
            earlier.RemoveAt(0);
        }

        earlier.Add((key, version));
    }

    /// <summary>What one session is bound to: by key, the version it must see, and the read because of which.</summary>
    private sealed class Bound
    {
        public Dictionary<int, (long Version, int Read)> To { get; } = [];

        /// <summary>By key, how many of its writes have been taken to account for.</summary>
        public Dictionary<int, int> Seen { get; } = [];

        public void Require(int key, long version, int read)
        {
            ref (long Version, int Read) required = ref CollectionsMarshal.GetValueRefOrAddDefault(To, key, out bool known);
            if (!known || version > required.Version)
                required = (version, read);
        }
    }
}
