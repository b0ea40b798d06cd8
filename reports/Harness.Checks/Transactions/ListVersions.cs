using Harness.Checks.Workloads;

namespace Harness.Checks.Transactions;

/// <summary>The order in which the elements of each list were appended, as the longest read of it shows, and who appended them.</summary>
internal sealed class ListVersions
{
    private readonly Dictionary<(string Key, string Element), Transaction> _writers = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _unread = new(StringComparer.Ordinal);

    /// <exception cref="Histories.HistoryFormatException">An element was appended to a list twice: then a read does not show who
    /// did.</exception>
    public ListVersions(Transaction[] transactions)
    {
        foreach (Transaction transaction in transactions)
        {
            foreach (TransactionStep step in transaction.Steps)
            {
                if (step.Appended is { } element && !_writers.TryAdd((step.Key, element), transaction))
                    throw new Histories.HistoryFormatException(transaction.Source.Line, $"{element} is appended to {step.Key} a second time");
            }
        }
    }

    public IEnumerable<string> Keys => _orders.Keys;

    public IReadOnlyList<string> Order(string key) => _orders.GetValueOrDefault(key) ?? [];

    public Transaction? WriterOf(string key, string element) => _writers.GetValueOrDefault((key, element));

    /// <summary>What was surely appended but is in no read: it comes after all that is.</summary>
    public IReadOnlyList<string> Unread(string key) => _unread.GetValueOrDefault(key) ?? [];

    /// <summary>Takes every read in, and says what no order of appends can explain.</summary>
    public void Learn(IReadOnlyList<(Transaction By, string Key, IReadOnlyList<string> List)> reads, HistoryFindings findings)
    {
        foreach (var read in reads)
        {
            if (read.List.Count > Order(read.Key).Count)
                _orders[read.Key] = read.List;
        }

        foreach (var read in reads)
        {
            if (!Order(read.Key).Take(read.List.Count).SequenceEqual(read.List))
                findings.Add($"incompatible-order: {read.By} saw an order of {read.Key} that no other read can have followed.", read.By.Source);
        }

        foreach ((string key, IReadOnlyList<string> order) in _orders)
        {
            foreach (IGrouping<string, string> twice in order.GroupBy(element => element).Where(group => group.Count() > 1))
                findings.Add($"duplicate-elements: {twice.Key} is in {key} {twice.Count()} times.", WriterOf(key, twice.Key)?.Source);
        }

        FindTornAppends(findings);
        FindUnread();
    }

    // What one transaction appended stands in a list in the order in which it appended it.
    private void FindTornAppends(HistoryFindings findings)
    {
        foreach ((string key, IReadOnlyList<string> order) in _orders)
        {
            var reached = new Dictionary<Transaction, int>();
            foreach (string element in order)
            {
                if (WriterOf(key, element) is not { } writer || writer.Steps.Count(step => step.Key == key && step.Appended is not null) < 2)
                    continue;

                int place = writer.Steps.ToList().FindIndex(step => step.Key == key && step.Appended == element);
                if (place < reached.GetValueOrDefault(writer, -1))
                    findings.Add($"incompatible-order: {element} stands in {key} behind what {writer} appended after it.", writer.Source);
                reached[writer] = Math.Max(place, reached.GetValueOrDefault(writer, -1));
            }
        }
    }

    // A transaction of which one append was seen took place, and with it all that it appended.
    private void FindUnread()
    {
        HashSet<(string, string)> seen = [.. _orders.SelectMany(order => order.Value.Select(element => (order.Key, element)))];
        HashSet<Transaction> tookPlace = [.. seen.Select(element => _writers.GetValueOrDefault(element)).OfType<Transaction>()];
        foreach (((string key, string element), Transaction writer) in _writers)
        {
            if ((writer.Committed || tookPlace.Contains(writer)) && !seen.Contains((key, element)))
                (_unread.TryGetValue(key, out List<string>? unread) ? unread : _unread[key] = []).Add(element);
        }
    }
}
