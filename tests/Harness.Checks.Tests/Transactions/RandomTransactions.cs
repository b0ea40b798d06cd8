using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Transactions;

/// <summary>Transactions over a few lists.</summary>
internal static class RandomTransactions
{
    /// <summary>Reads see some prefix of what was appended in the order of the history: sometimes one that a serial run could have seen.</summary>
    public static ClientOperation[] Of(Random random, int count)
    {
        int next = 0;
        var lists = new Dictionary<string, List<long>> { ["x"] = [], ["y"] = [] };
        return [.. Enumerable.Range(0, count).Select(id =>
        {
            Outcome outcome = random.Next(8) switch { 0 => Outcome.Unknown, 1 => Outcome.Refused, _ => Outcome.Ok };
            FormList[] steps = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Step(random, lists, ref next, sloppy: random.Next(3) == 0))];
            return new ClientOperation(id, "txn", null, new FormList(steps), TimeSpan.FromTicks(id), TimeSpan.FromTicks(id), outcome, id + 1);
        })];
    }

    public static ClientOperation[] Serial(Random random, int count)
    {
        int next = 0;
        var lists = Enumerable.Range(0, 400).ToDictionary(i => $"k{i}", _ => new List<long>());
        return [.. Enumerable.Range(0, count).Select(id =>
        {
            FormList[] steps = [.. Enumerable.Range(0, 3).Select(_ => Step(random, lists, ref next, sloppy: false))];
            return new ClientOperation(id, "txn", null, new FormList(steps), TimeSpan.FromTicks(id), TimeSpan.FromTicks(id), Outcome.Ok, id + 1);
        })];
    }

    private static FormList Step(Random random, Dictionary<string, List<long>> lists, ref int next, bool sloppy)
    {
        (string key, List<long> list) = lists.ElementAt(random.Next(lists.Count));
        if (random.Next(2) == 0)
        {
            list.Add(++next);
            return new FormList([new FormWord("append"), key, (long)next]);
        }

        int seen = sloppy ? random.Next(list.Count + 1) : list.Count;
        return new FormList([new FormWord("r"), key, new FormList([.. list.Take(seen).Cast<object?>()])]);
    }
}
