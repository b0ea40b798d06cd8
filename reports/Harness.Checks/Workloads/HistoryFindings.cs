using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Workloads;

/// <summary>Gathers what is wrong with a history: all is counted, the first few are kept as witness.</summary>
internal sealed class HistoryFindings
{
    private const int Kept = 5;
    private readonly List<string> _facts = [];
    private readonly List<Operation> _operations = [];

    public int Count { get; private set; }

    public void Add(string fact, params IEnumerable<ClientOperation?> shownBy)
    {
        Count++;
        if (_facts.Count == Kept)
            return;

        _facts.Add(fact);
        _operations.AddRange(shownBy.OfType<ClientOperation>().Select(operation => operation.ToOperation()));
    }

    /// <summary>Pass when nothing was found.</summary>
    public HistoryCheckResult Result(ParsedHistory history, string model, string right, Dictionary<string, double> numbers)
    {
        numbers["violations"] = Count;
        if (Count == 0)
            return HistoryCheck.Answer(history, model, Verdict.Pass, right, numbers);

        string[] facts = Count > Kept ? [.. _facts, $"… and {Count - Kept} more."] : [.. _facts];
        return HistoryCheck.Answer(
            history, model, Verdict.Fail, $"{Plural.Of(Count, "violation")}: {facts[0]}", numbers,
            new Witness(facts, [.. _operations.Distinct()]));
    }
}
