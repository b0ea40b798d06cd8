using Harness.Checks.Histories;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Workloads;

/// <summary>A quick look at a counter before any search: a read must lie between what had surely been added and what may have
/// been.</summary>
/// <remarks>Needed for linearizability, not enough for it. Lower bound: every negative amount asked for before the read ended, every
/// positive one acknowledged before
/// it began; the upper bound mirrors that. O(n log n).</remarks>
internal static class CounterBounds
{
    /// <returns>Null when no read is out of bounds: then it takes a search.</returns>
    public static HistoryCheckResult? Judge(ParsedHistory history)
    {
        Operation[] operations = [.. history.Operations.Select(o => ModelWords.Translate(o, ObjectKind.Counter))];
        foreach (IGrouping<string, Operation> key in operations.GroupBy(o => o.Key))
        {
            Operation[] adds = [.. key.Where(o => o.Kind == "add" && o.Outcome != Outcome.Refused)];
            var asked = new RunningSums(adds, add => add.Invoked);
            var acknowledged = new RunningSums([.. adds.Where(add => add.Outcome == Outcome.Ok)], add => add.Completed!.Value);
            foreach (Operation read in key.Where(o => o is { Kind: "read", Outcome: Outcome.Ok }))
            {
                (long low, long high) = (
                    acknowledged.Before(read.Invoked).Positive + asked.Until(read.Completed!.Value).Negative,
                    acknowledged.Before(read.Invoked).Negative + asked.Until(read.Completed!.Value).Positive);
                if (Amount(read) < low || Amount(read) > high)
                    return OutOfBounds(history, read, low, high);
            }
        }

        return null;
    }

    private static HistoryCheckResult OutOfBounds(ParsedHistory history, Operation read, long low, long high)
    {
        string fact = $"{OperationText.Of(read)} is outside of what can have been there: {low} to {high}.";
        return HistoryCheck.Answer(history, "counter", Verdict.Fail, fact, witness: new Witness([fact], [read]));
    }

    private static long Amount(in Operation operation) => long.Parse(operation.Value!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Sums of the positive and of the negative amounts up to any time.</summary>
    private sealed class RunningSums
    {
        private readonly TimeSpan[] _at;
        private readonly (long Positive, long Negative)[] _sums;

        public RunningSums(Operation[] adds, Func<Operation, TimeSpan> when)
        {
            Operation[] ordered = [.. adds.OrderBy(when)];
            _at = [.. ordered.Select(when)];
            _sums = new (long, long)[ordered.Length + 1];
            for (int i = 0; i < ordered.Length; i++)
            {
                long amount = Amount(ordered[i]);
                _sums[i + 1] = (_sums[i].Positive + Math.Max(amount, 0), _sums[i].Negative + Math.Min(amount, 0));
            }
        }

        public (long Positive, long Negative) Before(TimeSpan time) => _sums[CountBelow(time.Ticks)];

        public (long Positive, long Negative) Until(TimeSpan time) => _sums[CountBelow(time.Ticks + 1)];

        private int CountBelow(long ticks)
        {
            int low = 0, high = _at.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (_at[middle].Ticks < ticks)
                    low = middle + 1;
                else
                    high = middle;
            }

            return low;
        }
    }
}
