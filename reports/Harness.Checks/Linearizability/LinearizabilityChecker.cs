using System.Diagnostics;
using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>Decides whether a history is linearizable (Herlihy and Wing 1990), key by key: it is exactly when each key's part is.</summary>
public static class LinearizabilityChecker
{
    private const long FirstBudget = 20_000;
    private const int BudgetGrowth = 8;
    private const long Slice = 10_000;

    /// <param name="history">In any order. An operation of unknown outcome may have taken effect at any time after it was asked, or
    /// never.</param>
    /// <param name="about">What the operations mean.</param>
    /// <param name="limits">What may be spent.</param>
    /// <param name="cancellationToken">Ends the search; the answer is then unknown.</param>
    /// <exception cref="FormatException">An operation is none that the object knows.</exception>
    public static LinearizabilityResult Check(
        IReadOnlyList<Operation> history, SequentialObject about, SearchLimits limits, CancellationToken cancellationToken)
    {
        KeySearch[] searches = [.. history.GroupBy(o => o.Key).Select(key => KeySearch.Of(key.Key, key, about))];
        var spent = new Spending(limits, cancellationToken);

        // Growing budgets: one hard key must not keep the others from showing that they are wrong.
        for (long budget = FirstBudget; ; budget *= BudgetGrowth)
        {
            if (Array.Find(searches, search => search.Verdict == Verdict.Fail) is { } wrong)
                return Answer(Verdict.Fail, $"{(wrong.Key.Length > 0 ? $"Key {wrong.Key}: " : "")}{wrong.Explain().Facts[0]}", searches, wrong.Explain());

            KeySearch[] open = [.. searches.Where(search => search.MayContinue)];
            if (open.Length == 0 || spent.IsOver)
                break;

            SearchAll(open, budget, limits, spent);
        }

        KeySearch[] undecided = [.. searches.Where(search => search.Verdict == Verdict.Unknown)];
        return undecided.Length == 0
            ? Answer(Verdict.Pass, $"{Plural.Of(history.Count, "operation")} on {Plural.Of(searches.Length, "key")} can be put in an order.", searches, null)
            : Answer(Verdict.Unknown, $"{Plural.Of(undecided.Length, "key")} of {searches.Length} could not be decided within the limits.", searches, null);
    }

    private static void SearchAll(KeySearch[] open, long budget, SearchLimits limits, Spending spent)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = limits.Parallelism };
        Parallel.ForEach(open, options, (key, loop) =>
        {
            for (long left = budget; left > 0 && key.MayContinue && !spent.IsOver && !loop.ShouldExitCurrentIteration; left -= Slice)
                spent.Add(key.Continue(Slice));
            if (key.Verdict == Verdict.Fail)
                loop.Stop();
        });
    }

    private static LinearizabilityResult Answer(Verdict verdict, string summary, KeySearch[] searches, Witness? witness) =>
        new(verdict, summary, searches.Length, searches.Sum(search => search.Search?.Nodes ?? 0), witness);

    private sealed class Spending(SearchLimits limits, CancellationToken cancellationToken)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private long _visited;

        public bool IsOver => cancellationToken.IsCancellationRequested
            || Stopwatch.GetElapsedTime(_started) > limits.Time
            || Interlocked.Read(ref _visited) > limits.VisitedNodes;

        public void Add(long visited) => Interlocked.Add(ref _visited, visited);
    }
}
