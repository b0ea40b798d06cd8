using Harness.Checks.Workloads;

namespace Harness.Checks.Transactions;

/// <summary>Who wrote each value of each register.</summary>
internal sealed class RegisterValues
{
    private const string Zero = "0";
    private readonly Dictionary<(string Key, string Value), List<Transaction>> _writers = [];
    private readonly HashSet<string> _writtenTwice = new(StringComparer.Ordinal);
    private readonly bool _beginsAsZero;

    public RegisterValues(Transaction[] transactions)
    {
        foreach (Transaction transaction in transactions)
        {
            foreach (TransactionStep step in transaction.Steps.Where(step => step.Appended is not null))
            {
                var place = (step.Key, step.Appended!);
                if (_writers.TryGetValue(place, out List<Transaction>? known))
                    _writtenTwice.Add(step.Key);
                else
                    _writers[place] = known = [];
                known.Add(transaction);
            }
        }

        string[] found = [.. transactions.SelectMany(t => t.Steps).Where(s => s.Read is not null)
            .Where(s => s.Read!.Count == 0 || !_writers.ContainsKey((s.Key, s.Read[0]))).Select(s => s.Read!.Count == 0 ? "nil" : s.Read[0]).Distinct()];
        _beginsAsZero = found is [Zero];
    }

    /// <summary>Nobody wrote it and nobody ever read nil: then a zero is what the registers began with.</summary>
    public bool IsInitial(string value) => _beginsAsZero && value == Zero;

    public bool WasWrittenTwice(string key) => _writtenTwice.Contains(key);

    /// <summary>Null when nobody did, or when it could have been several.</summary>
    public Transaction? WriterOf(string key, string value) => _writers.GetValueOrDefault((key, value)) is [var writer] ? writer : null;

    /// <summary>Reads of what was never there: of an aborted transaction (G1a), of the middle of one (G1b), of nobody.</summary>
    public void FindDirtyReads(RegisterAccess[] accesses, HistoryFindings findings)
    {
        foreach (RegisterAccess access in accesses)
        {
            if (access.Read is not [var value])
                continue;

            List<Transaction> writers = _writers.GetValueOrDefault((access.Key, value)) ?? [];
            if (writers.Count == 0)
                findings.Add($"garbage-read: {access.By} read {value} in {access.Key}, which nobody wrote.", access.By.Source);
            else if (writers.TrueForAll(writer => writer.Aborted))
                findings.Add($"G1a: {access.By} read {value} in {access.Key}, which {writers[0]} wrote and then aborted.", access.By.Source, writers[0].Source);
            else if (writers is [var writer] && writer != access.By && writer.Steps.Last(s => s.Key == access.Key && s.Appended is not null).Appended != value)
                findings.Add($"G1b: {access.By} read {value} in {access.Key}, which {writer} wrote only in its middle.", access.By.Source, writer.Source);
        }
    }
}
