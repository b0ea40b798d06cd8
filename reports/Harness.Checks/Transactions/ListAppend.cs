using Harness.Checks.Histories;
using Harness.Checks.Workloads;

namespace Harness.Checks.Transactions;

/// <summary>Finds the anomalies of transactions that append to lists and read them whole.</summary>
/// <remarks>
/// <para>Kingsbury and Alvaro (2020), "Elle". Every element is appended once, so a read shows the order of everything that was appended
/// before, and by whom; from that follows which transaction must come before which. A history without a cycle is serializable; without one
/// when the clock counts as well, strictly serializable.</para>
/// <para>Appends that no read shows come after all that one shows.</para>
/// </remarks>
internal static class ListAppend
{
    private const string Model = "list-append";

    /// <param name="history">Of transactions.</param>
    /// <param name="strict">Whether the clock counts: what was over comes before what began later.</param>
    public static HistoryCheckResult Judge(ParsedHistory history, bool strict)
    {
        Transaction[] transactions = TransactionReader.OfLists(history);
        var findings = new HistoryFindings();
        var versions = new ListVersions(transactions);
        Transaction[] committed = [.. transactions.Where(t => t.Committed)];
        versions.Learn([.. committed.SelectMany(t => t.Steps.Where(s => s.Read is not null).Select(s => (t, s.Key, s.Read!)))], findings);
        ListRead[] reads = [.. committed.SelectMany(t => ListRead.Of(t, fact => findings.Add($"internal: {fact}", t.Source)))];

        DirtyReads.Find(versions, reads, findings);
        LostUpdates(reads, versions, findings);
        DependencyGraph graph = Dependencies(transactions, reads, versions);
        if (strict && RealTimeOrder.IsKnown(transactions))
            RealTimeOrder.Add(graph, transactions);
        foreach ((string name, int[] cycle) in CycleFinder.Find(graph))
            findings.Add($"{name}: {CycleText.Of(cycle, graph, transactions)}.", CycleText.Members(cycle, transactions).Select(t => t.Source));

        return findings.Result(
            history, Model, $"{Plural.Of(committed.Length, "committed transaction")} can be put in an order.", new() { ["committed"] = committed.Length });
    }

    private static DependencyGraph Dependencies(Transaction[] transactions, ListRead[] reads, ListVersions versions)
    {
        var graph = new DependencyGraph(transactions.Length);
        ILookup<string, ListRead> readsOf = reads.ToLookup(read => read.Key);
        foreach (string key in versions.Keys.Union(readsOf.Select(of => of.Key)))
        {
            IReadOnlyList<string> order = versions.Order(key);
            Transaction[] writers = [.. Writers(key, order, versions)];
            for (int i = 1; i < writers.Length; i++)
                graph.Add(writers[i - 1].Id, writers[i].Id, Dependency.WriteWrite, key);

            foreach (ListRead read in readsOf[key])
            {
                if (read.Elements.Count > 0 && versions.WriterOf(key, read.Elements[^1]) is { } writer)
                    graph.Add(writer.Id, read.By.Id, Dependency.WriteRead, key);
                if (read.Elements.Count < order.Count && versions.WriterOf(key, order[read.Elements.Count]) is { } overwriter)
                    graph.Add(read.By.Id, overwriter.Id, Dependency.ReadWrite, key);
            }

            IEnumerable<(int, Dependency)> beforeUnread = readsOf[key]
                .Where(read => read.Elements.Count == order.Count).Select(read => (read.By.Id, Dependency.ReadWrite))
                .Concat(writers.TakeLast(1).Select(last => (last.Id, Dependency.WriteWrite)));
            OneToMany.Link(graph, beforeUnread, [.. Writers(key, versions.Unread(key), versions).Select(t => t.Id)], key);
        }

        return graph;
    }

    private static IEnumerable<Transaction> Writers(string key, IEnumerable<string> elements, ListVersions versions) =>
        elements.Select(element => versions.WriterOf(key, element)).OfType<Transaction>();

    // Two that read the same state of a list and both appended to it: one of them decided on what was no longer so.
    private static void LostUpdates(ListRead[] reads, ListVersions versions, HistoryFindings findings)
    {
        var updates = reads.Where(read => read.By.Steps.Any(step => step.Key == read.Key && step.Appended is not null)
            && read.Elements.SequenceEqual(versions.Order(read.Key).Take(read.Elements.Count)));
        foreach (var same in updates.GroupBy(read => (read.Key, read.Elements.Count)).Where(group => group.Count() > 1))
        {
            Transaction[] both = [.. same.Select(read => read.By).Take(2)];
            findings.Add($"lost-update: {both[0]} and {both[1]} read the same state of {same.Key.Key} and both appended to it.", both.Select(t => t.Source));
        }
    }
}
