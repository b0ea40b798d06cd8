using Harness.Checks.Workloads;

namespace Harness.Checks.Transactions;

/// <summary>What a transaction did to one register, as others can tell.</summary>
/// <param name="By">Who.</param>
/// <param name="Key">Which register.</param>
/// <param name="Read">What it found there before it wrote: one value, or none for nil. Null when it did not look, or nobody knows what it
/// saw.</param>
/// <param name="Written">What it left there; null when it only read.</param>
internal sealed record RegisterAccess(Transaction By, string Key, IReadOnlyList<string>? Read, string? Written)
{
    /// <summary>One for each register; and every read that contradicts the transaction's own earlier steps.</summary>
    public static IEnumerable<RegisterAccess> Of(Transaction transaction, RegisterValues values, HistoryFindings findings)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var found = new Dictionary<string, IReadOnlyList<string>?>(StringComparer.Ordinal);
        var left = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (TransactionStep step in transaction.Steps)
        {
            if (step.Appended is null && step.Read is null)
                continue;

            IReadOnlyList<string>? read = step.Read is [var value] && values.IsInitial(value) ? [] : step.Read;
            string sees = step.Appended ?? (read!.Count == 0 ? "nil" : read[0]);
            if (step.Appended is null && known.TryGetValue(step.Key, out string? before) && before != sees)
                findings.Add($"internal: {transaction} read {sees} in {step.Key} where it knew {before}.", transaction.Source);

            known[step.Key] = sees;
            found.TryAdd(step.Key, read);
            left[step.Key] = step.Appended ?? left.GetValueOrDefault(step.Key);
        }

        foreach ((string key, IReadOnlyList<string>? read) in found)
        {
            if (read is [var early] && transaction.Steps.Any(step => step.Key == key && step.Appended == early) && values.WriterOf(key, early) == transaction)
                findings.Add($"future-read: {transaction} read {early} in {key} before it wrote that itself.", transaction.Source);
        }

        return found.Select(access => new RegisterAccess(transaction, access.Key, access.Value, left[access.Key]));
    }
}
