using Harness.Checks.Histories;
using Harness.Checks.Workloads;

namespace Harness.Checks.Transactions;

/// <summary>Finds the anomalies of transactions that append to lists and read them whole.</summary>
/// <remarks>
/// <para>Kingsbury and Alvaro (2020), "Elle". Every element is appended once, so a read shows the order of everything that was appended
/// before, and by whom; from
/// that follows which transaction must come before which. A history without a cycle is serializable. Time plays no part: a stale but
/// serializable
/// read is no anomaly here.</para>
/// <para>Appends that no read shows come after all that one shows; of those only a few are followed up, so that the work stays
/// linear.</para>
/// </remarks>
internal static class ListAppend
{
    private const string Model = "list-append";
    private const int UnreadFollowed = 8;

    public static HistoryCheckResult Judge(ParsedHistory history)
    {
        Transaction[] transactions = TransactionReader.Read(history);
        var findings = new HistoryFindings();
        var versions = new ListVersions(transactions);
        Transaction[] committed = [.. transactions.Where(t => t.Committed)];
        versions.Learn([.. committed.SelectMany(t => t.Steps.Where(s => s.Read is not null).Select(s => (t, s.Key, s.Read!)))], findings);
        ListRead[] reads = [.. committed.SelectMany(t => ListRead.Of(t, fact => findings.Add($"internal: {fact}", t.Source)))];

        DirtyReads.Find(versions, reads, findings);
        LostUpdates(reads, versions, findings);
        DependencyGraph graph = Dependencies(transactions, reads, versions);
        foreach ((string name, int[] cycle) in CycleFinder.Find(graph))
            findings.Add($"{name}: {Describe(cycle, graph, transactions)}.", cycle.Select(id => transactions[id].Source));

        return findings.Result(
            history, Model, $"{Plural.Of(committed.Length, "committed transaction")} can be put in an order.", new() { ["committed"] = committed.Length });
    }

    private static DependencyGraph Dependencies(Transaction[] transactions, ListRead[] reads, ListVersions versions)
    {
        var graph = new DependencyGraph(transactions.Length);
        foreach (string key in versions.Keys)
        {
            Transaction[] writers = [.. Writers(key, versions.Order(key), versions)];
            for (int i = 1; i < writers.Length; i++)
                graph.Add(writers[i - 1].Id, writers[i].Id, Dependency.WriteWrite, key);
            foreach (Transaction later in writers.Length == 0 ? [] : Writers(key, versions.Unread(key).Take(UnreadFollowed), versions))
                graph.Add(writers[^1].Id, later.Id, Dependency.WriteWrite, key);
        }

        foreach (ListRead read in reads)
        {
            if (read.Elements.Count > 0 && versions.WriterOf(read.Key, read.Elements[^1]) is { } writer)
                graph.Add(writer.Id, read.By.Id, Dependency.WriteRead, read.Key);

            IReadOnlyList<string> order = versions.Order(read.Key);
            IEnumerable<string> next = read.Elements.Count < order.Count ? [order[read.Elements.Count]] : versions.Unread(read.Key).Take(UnreadFollowed);
            foreach (Transaction overwriter in Writers(read.Key, next, versions))
                graph.Add(read.By.Id, overwriter.Id, Dependency.ReadWrite, read.Key);
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

    private static string Describe(int[] cycle, DependencyGraph graph, Transaction[] transactions) => string.Join("; ", cycle.Select((id, i) =>
    {
        (Dependency kind, string key) = graph.Edge(id, cycle[(i + 1) % cycle.Length]);
        string why = kind.HasFlag(Dependency.WriteWrite) ? "wrote before" : kind.HasFlag(Dependency.WriteRead) ? "was read by" : "did not see";
        return $"{transactions[id]} {why} T{cycle[(i + 1) % cycle.Length]} on {key}";
    }));
}
