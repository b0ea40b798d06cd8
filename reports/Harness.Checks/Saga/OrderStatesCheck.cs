using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>What clients saw of an order only ever moved forward: once it was seen to have ended, nobody who asks later sees anything
/// else.</summary>
/// <remarks>Judged from the history alone, so it holds at any time, at rest or not. Reads that overlap may come in either order.
/// O(n).</remarks>
public sealed class OrderStatesCheck : ICheck
{
    private static readonly string[] Known = [OrderWords.Pending, OrderWords.Confirmed, OrderWords.Cancelled];

    public string Name => "order-states";

    public string Question => "Did every order end only once, in the eyes of everybody who looked?";

    public CheckResult Judge(RunRecord record)
    {
        var findings = new Findings(record);
        Operation[] reads = [.. record.History.Where(o => o is { Kind: OrderWords.ReadOrder, Outcome: Outcome.Ok, Value: not null, Completed: not null })];
        Dictionary<(string Order, string Status), Operation> ends = FirstSeen(reads);
        foreach (Operation read in reads)
        {
            if (!Known.Contains(read.Value))
                findings.AddShown($"Order {read.Key} was read as '{read.Value}', which is no state of an order,", read);
            else if (SeenBefore(ends, read) is { } end)
                findings.AddShown($"Order {read.Key} was seen as {end.Value}, and later as {read.Value},", end, read);
        }

        var numbers = new Dictionary<string, double> { ["reads"] = reads.Length, ["violations"] = findings.Count };
        findings.AttributeTo(numbers);
        return new CheckResult
        {
            Name = Name,
            Kind = ResultKind.Check,
            Verdict = findings.Count > 0 ? Verdict.Fail : Verdict.Pass,
            Summary = findings.Count > 0
                ? $"{Plural.Of(findings.Count, "violation")}: {findings.First}"
                : $"{Plural.Of(reads.Length, "read")} of {Plural.Of(reads.Select(r => r.Key).Distinct().Count(), "order")} saw them only move forward.",
            Numbers = numbers,
            Witness = findings.Count > 0 ? findings.Witness() : null,
        };
    }

    // For each end of each order the answer that came first.
    private static Dictionary<(string Order, string Status), Operation> FirstSeen(Operation[] reads)
    {
        var ends = new Dictionary<(string, string), Operation>();
        foreach (Operation read in reads.Where(r => OrderWords.IsTerminal(r.Value)))
        {
            if (!ends.TryGetValue((read.Key, read.Value!), out Operation first) || read.Completed < first.Completed)
                ends[(read.Key, read.Value!)] = read;
        }

        return ends;
    }

    private static Operation? SeenBefore(Dictionary<(string Order, string Status), Operation> ends, in Operation read)
    {
        foreach (string status in Known)
        {
            if (status != read.Value && ends.TryGetValue((read.Key, status), out Operation end) && end.Completed < read.Invoked)
                return end;
        }

        return null;
    }
}
