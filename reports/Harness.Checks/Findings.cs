using Harness.Records;

namespace Harness.Checks;

/// <summary>Gathers what a check finds wrong: all of it is counted, the first few are kept as witness.</summary>
internal sealed class Findings(RunRecord record)
{
    private const int KeptFacts = 5;
    private const int KeptOperations = 20;
    private readonly List<(string Fact, string? OrderId)> _kept = [];
    private readonly List<Operation> _operations = [];
    private readonly Attribution _attribution = new(record);

    public long Count { get; private set; }

    /// <summary>The first thing that was found.</summary>
    public string First => _kept[0].Fact;

    /// <param name="fact">One sentence.</param>
    /// <param name="orderId">Whose operations belong into the witness.</param>
    public void Add(string fact, string? orderId = null)
    {
        _attribution.Count(orderId);
        Keep(fact, orderId);
    }

    /// <summary>Adds how many there were in each phase and under each fault.</summary>
    public void AttributeTo(Dictionary<string, double> numbers) => _attribution.AddTo(numbers);

    private void Keep(string fact, string? orderId)
    {
        Count++;
        if (_kept.Count < KeptFacts)
            _kept.Add((fact, orderId));
    }

    /// <summary>A fact that one or two operations show by themselves; when the last of them was asked is added to it.</summary>
    public void AddShown(string fact, params ReadOnlySpan<Operation> shownBy)
    {
        _attribution.Count(shownBy[^1].Invoked);
        if (_kept.Count < KeptFacts)
        {
            _operations.AddRange(shownBy);
            fact += " " + Moment.Of(shownBy[^1].Invoked, record);
        }

        Keep(fact, orderId: null);
    }

    /// <summary>The kept facts, when the orders they speak of were placed, and what clients did to them.</summary>
    public Witness Witness()
    {
        HashSet<string> orders = [.. _kept.Select(kept => kept.OrderId).OfType<string>()];
        Operation[] touching = orders.Count == 0 ? [] :
            [.. record.History.Where(o => orders.Contains(o.Key) || (o.Value is { } id && orders.Contains(id))).Take(KeptOperations)];
        string[] facts = [.. _kept.Select(kept => kept.Fact + WhenPlaced(kept.OrderId, touching))];
        if (Count > _kept.Count)
            facts = [.. facts, $"… and {Count - _kept.Count} more."];
        return new Witness(facts, [.. _operations, .. touching]);
    }

    private string WhenPlaced(string? orderId, Operation[] touching)
    {
        if (orderId is null || touching.FirstOrDefault(o => o.Value == orderId || o.Key == orderId) is not { Kind: not null } first)
            return "";

        return " First seen " + Moment.Of(first.Invoked, record);
    }
}
