using Harness.Records;

namespace Harness.Checks;

/// <summary>Counts violations by the phase in which they happened and by the faults that were in place then.</summary>
/// <remarks>What only the audit shows has no time of its own: it counts as of when its order was first asked for.</remarks>
internal sealed class Attribution(RunRecord record)
{
    private readonly SortedDictionary<string, long> _phases = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, TimeSpan>> _firstAsked = new(() => FirstAsked(record));
    private long _undated;

    /// <param name="orderId">Null when it is about no order in particular.</param>
    public void Count(string? orderId)
    {
        if (orderId is not null && _firstAsked.Value.TryGetValue(orderId, out TimeSpan at))
            Count(at);
        else
            _undated++;
    }

    public void Count(TimeSpan at)
    {
        string phase = record.Phases.FirstOrDefault(p => p.Start <= at && at < p.End)?.Phase.ToString().ToLowerInvariant() ?? "none";
        _phases[phase] = _phases.GetValueOrDefault(phase) + 1;
        foreach (string fault in record.Faults.Where(f => f.Start <= at && (f.End is null || at < f.End)).Select(f => f.Name).Distinct())
            _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
    }

    /// <summary>Adds <c>violations.phase.NAME</c>, <c>violations.fault.NAME</c> and <c>violations.undated</c>, each only when there are
    /// any.</summary>
    public void AddTo(Dictionary<string, double> numbers)
    {
        foreach ((string phase, long count) in _phases)
            numbers[$"violations.phase.{phase}"] = count;
        foreach ((string fault, long count) in _faults)
            numbers[$"violations.fault.{fault}"] = count;
        if (_undated > 0)
            numbers["violations.undated"] = _undated;
    }

    private static Dictionary<string, TimeSpan> FirstAsked(RunRecord record)
    {
        var first = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (Operation operation in record.History)
        {
            Keep(operation.Key, operation.Invoked);
            if (operation.Value is { } value)
                Keep(value, operation.Invoked);
        }

        return first;

        void Keep(string id, TimeSpan at)
        {
            if (!first.TryGetValue(id, out TimeSpan known) || at < known)
                first[id] = at;
        }
    }
}
