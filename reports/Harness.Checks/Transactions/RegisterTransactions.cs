using Harness.Checks.Histories;
using Harness.Checks.Workloads;

namespace Harness.Checks.Transactions;

/// <summary>Finds the anomalies of transactions that read and write registers, each value written once to a key.</summary>
/// <remarks>
/// <para>Kingsbury and Alvaro (2020), "Elle". A value says who wrote it. A register begins as nil, which comes before every value; who reads
/// a value and writes another puts the other right behind it; and when the clock counts, a value that was surely there before another was
/// even asked for comes before that. What cannot be put in an order is left open, so a pass means that none of this contradicts itself.</para>
/// <para>A key with a value that was written twice tells less: then only what a single write can explain is followed.</para>
/// </remarks>
internal static class RegisterTransactions
{
    public const string Model = "rw-register";

    /// <param name="history">Of transactions.</param>
    /// <param name="strict">Whether the clock counts: what was over comes before what began later.</param>
    public static HistoryCheckResult Judge(ParsedHistory history, bool strict)
    {
        Transaction[] transactions = TransactionReader.OfRegisters(history);
        var findings = new HistoryFindings();
        var values = new RegisterValues(transactions);
        RegisterAccess[] accesses = [.. transactions.Where(t => !t.Aborted).SelectMany(t => RegisterAccess.Of(t, values, findings))];
        values.FindDirtyReads(accesses, findings);

        bool clockCounts = strict && RealTimeOrder.IsKnown(transactions);
        var graph = new DependencyGraph(transactions.Length);
        foreach (IGrouping<string, RegisterAccess> key in accesses.GroupBy(access => access.Key))
            Link(graph, key.Key, [.. key], values, clockCounts, findings);
        if (clockCounts)
            RealTimeOrder.Add(graph, transactions);
        foreach ((string name, int[] cycle) in CycleFinder.Find(graph))
            findings.Add($"{name}: {CycleText.Of(cycle, graph, transactions)}.", CycleText.Members(cycle, transactions).Select(t => t.Source));

        int committed = transactions.Count(t => t.Committed);
        return findings.Result(
            history, Model, $"{Plural.Of(committed, "committed transaction")} show no anomaly.", new() { ["committed"] = committed });
    }

    private static void Link(
        DependencyGraph graph, string key, RegisterAccess[] accesses, RegisterValues values, bool clockCounts, HistoryFindings findings)
    {
        ILookup<string, RegisterAccess> readersOf = accesses.Where(a => a.Read is { Count: > 0 }).ToLookup(a => a.Read![0]);
        foreach (RegisterAccess read in accesses.Where(a => a.Read is { Count: > 0 }))
        {
            if (values.WriterOf(key, read.Read![0]) is { } writer)
                graph.Add(writer.Id, read.By.Id, Dependency.WriteRead, key);
        }

        int[] writers = [.. accesses.Where(a => a.Written is { } value && (a.By.Committed || readersOf.Contains(value))).Select(a => a.By.Id)];
        OneToMany.Link(graph, accesses.Where(a => a.Read is { Count: 0 }).Select(a => (a.By.Id, Dependency.ReadWrite)), writers, key);
        if (values.WasWrittenTwice(key))
            return;

        LostUpdates(key, accesses, findings);
        foreach (RegisterAccess update in accesses.Where(a => a is { Read.Count: > 0, Written: not null }))
            Order(graph, key, update.Read![0], update.By, readersOf, values);

        if (!clockCounts)
            return;

        var order = new RegisterOrder(accesses);
        if (order.Contradiction is { } contradiction)
            findings.Add($"cyclic-versions: of {key}: {contradiction}", order.ShownBy(accesses));
        foreach ((string? earlier, Transaction writer) in order.Successions())
            Order(graph, key, earlier, writer, readersOf, values);
    }

    // The one value comes before what the writer wrote: behind its own writer, and behind all who read it.
    private static void Order(
        DependencyGraph graph, string key, string? earlier, Transaction writer, ILookup<string, RegisterAccess> readersOf, RegisterValues values)
    {
        if (earlier is null)
            return;    // nil comes before everything as it is

        if (values.WriterOf(key, earlier) is { } before)
            graph.Add(before.Id, writer.Id, Dependency.WriteWrite, key);
        foreach (RegisterAccess reader in readersOf[earlier])
            graph.Add(reader.By.Id, writer.Id, Dependency.ReadWrite, key);
    }

    // Two that read the same value and both wrote: one of them decided on what was no longer so.
    private static void LostUpdates(string key, RegisterAccess[] accesses, HistoryFindings findings)
    {
        var updates = accesses.Where(a => a is { By.Committed: true, Read: not null, Written: not null });
        foreach (var same in updates.GroupBy(a => a.Read!.Count == 0 ? null : a.Read[0]).Where(group => group.Count() > 1))
        {
            Transaction[] both = [.. same.Select(access => access.By).Take(2)];
            findings.Add($"lost-update: {both[0]} and {both[1]} read {same.Key ?? "nil"} in {key} and both wrote it.", both.Select(t => t.Source));
        }
    }
}
