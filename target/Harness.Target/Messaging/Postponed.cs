namespace Harness.Target.Messaging;

/// <summary>
/// What one consumer holds and does not try again yet. The first pause is a quarter of a second, each further one twice as long up to two
/// seconds, and each between half of that and all of it, so that what failed together does not come back together. It lives in memory only:
/// whoever inherits a message tries it at once.
/// </summary>
/// <remarks>Two seconds and no more, because after three a stream lets another consumer claim what this one holds.</remarks>
internal sealed class Postponed(TimeProvider time, Random random)
{
    /// <summary>With as many, a consumer takes nothing new: what it holds is bounded, and most likely the next would fail as well.</summary>
    public const int Max = 32;

    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(2);
    private readonly long _begun = time.GetTimestamp();
    private readonly Dictionary<string, (int Times, TimeSpan Until)> _held = new(StringComparer.Ordinal);

    /// <summary>How long this is there: waits go by it, because a wall clock can be set back and would make them endless.</summary>
    public TimeSpan Now => time.GetElapsedTime(_begun);

    /// <summary>Whether nothing new is to be taken now.</summary>
    public bool IsFull => _held.Count >= Max;

    /// <summary>When, by <see cref="Now"/>, the first of them is due; null when there is none.</summary>
    public TimeSpan? NextDue => _held.Count == 0 ? null : _held.Values.Min(held => held.Until);

    /// <summary>Puts a message off, longer each time.</summary>
    public void Add(string handle)
    {
        var times = _held.TryGetValue(handle, out var before) ? before.Times : 0;
        var longest = Math.Min(PauseMax.Ticks, PauseFirst.Ticks << Math.Min(times, 10));
        _held[handle] = (times + 1, Now + TimeSpan.FromTicks((long)(longest * (0.5 + random.NextDouble() / 2))));
    }

    /// <summary>False while a message is put off.</summary>
    public bool IsDue(string handle) => !_held.TryGetValue(handle, out var held) || held.Until <= Now;

    public void Remove(string handle) => _held.Remove(handle);

    /// <summary>Forgets what is not held any more, which happens when another consumer has claimed it.</summary>
    public void KeepOnly(IEnumerable<string> handles)
    {
        if (_held.Count == 0)
            return;
        var present = handles.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _held.Keys.Where(handle => !present.Contains(handle)).ToList())
            _held.Remove(gone);
    }
}
