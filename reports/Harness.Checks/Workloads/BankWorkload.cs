using System.Globalization;
using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Workloads;

/// <summary>Accounts between which money moves: every read sees the same total, and no account below zero.</summary>
/// <remarks>A history does not say how much there is. The total that most reads saw is taken for right.</remarks>
internal static class BankWorkload
{
    private const string Model = "bank";

    public static HistoryCheckResult Judge(ParsedHistory history)
    {
        if (history.Operations.FirstOrDefault(o => o.F is not ("read" or "transfer")) is { } other)
            throw new HistoryFormatException(other.Line, $"the model knows no '{other.F}'");

        ClientOperation[] reads = [.. history.Operations.Where(o => o is { F: "read", Outcome: Outcome.Ok, Value: not null })];
        if (reads.Length == 0)
            return HistoryCheck.Answer(history, Model, Verdict.Unknown, "The accounts were never read.");

        (ClientOperation Read, decimal? Total)[] totals = [.. reads.Select(read => (read, Total(read)))];
        decimal right = totals.Where(t => t.Total is not null).Select(t => t.Total!.Value).DefaultIfEmpty()
            .GroupBy(total => total).OrderByDescending(group => group.Count()).First().Key;
        var findings = new HistoryFindings();
        foreach ((ClientOperation read, decimal? total) in totals)
        {
            if (total is null)
                findings.Add($"The read on line {read.Line} found an account without a balance.", read);
            else if (total != right)
                findings.Add($"The read on line {read.Line} saw {Number(total.Value)} in all accounts together, "
                    + $"{Number(total.Value - right)} more than the others' {Number(right)}.", read);
            else if (Balances(read).Any(balance => balance < 0))
                findings.Add($"The read on line {read.Line} saw {Number(Balances(read).Min()!.Value)} in an account.", read);
        }

        return findings.Result(
            history, Model, $"{Plural.Of(reads.Length, "read")} saw {Number(right)} in all accounts together.", new() { ["total"] = (double)right });
    }

    private static decimal? Total(ClientOperation read) => Balances(read).Aggregate((decimal?)0, (sum, balance) => sum + balance);

    private static decimal?[] Balances(ClientOperation read) => [.. Values.MapOf(read).Entries.Select(account => account.Value switch
    {
        null => (decimal?)null,
        long whole => whole,
        double number => (decimal)number,
        var other => throw new HistoryFormatException(read.Line, $"'{Form.Text(other)}' is no balance"),
    })];

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
