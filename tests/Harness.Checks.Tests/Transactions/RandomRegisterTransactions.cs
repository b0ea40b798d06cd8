using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Transactions;

/// <summary>A few transactions over two registers that overlap by chance; each value is written once.</summary>
internal static class RandomRegisterTransactions
{
    /// <summary>Reads see what a serial run in the order of the history would show, or now and then something older.</summary>
    public static ClientOperation[] Of(Random random, int count)
    {
        long next = 0;
        var written = new Dictionary<string, List<object?>> { ["x"] = [null], ["y"] = [null] };
        return [.. Enumerable.Range(0, count).Select(id =>
        {
            Outcome outcome = random.Next(8) switch { 0 => Outcome.Unknown, 1 => Outcome.Refused, _ => Outcome.Ok };
            FormList[] steps = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
            {
                (string key, List<object?> values) = written.ElementAt(random.Next(written.Count));
                if (random.Next(2) == 0)
                {
                    values.Add(++next);
                    return new FormList([new FormWord("w"), key, next]);
                }

                return new FormList([new FormWord("r"), key, random.Next(4) == 0 ? values[random.Next(values.Count)] : values[^1]]);
            })];
            TimeSpan invoked = TimeSpan.FromTicks(id * 4);
            return new ClientOperation(
                id, "txn", null, new FormList(steps), invoked, outcome == Outcome.Unknown ? null : invoked + TimeSpan.FromTicks(random.Next(1, 12)), outcome, id + 1);
        })];
    }
}
