namespace Harness.Checks.Transactions;

/// <summary>What a committed transaction saw of one list when it first read it: what others had appended.</summary>
/// <param name="By">Who read.</param>
/// <param name="Key">Which list.</param>
/// <param name="Elements">What was in it, without what the transaction had appended itself.</param>
internal sealed record ListRead(Transaction By, string Key, IReadOnlyList<string> Elements)
{
    /// <summary>The first read of each list; and every read that contradicts the transaction's own earlier steps.</summary>
    public static IEnumerable<ListRead> Of(Transaction transaction, Action<string> internalContradiction)
    {
        var appended = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var known = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (TransactionStep step in transaction.Steps)
        {
            if (step.Appended is { } element)
            {
                (appended.TryGetValue(step.Key, out List<string>? own) ? own : appended[step.Key] = []).Add(element);
                continue;
            }

            IReadOnlyList<string> read = step.Read!;
            List<string> suffix = appended.GetValueOrDefault(step.Key) ?? [];
            bool endsWithOwn = read.Count >= suffix.Count && read.Skip(read.Count - suffix.Count).SequenceEqual(suffix);
            IReadOnlyList<string> before = endsWithOwn ? [.. read.Take(read.Count - suffix.Count)] : read;
            if (!endsWithOwn)
                internalContradiction($"{transaction} did not read what it had appended to {step.Key} itself.");
            else if (known.TryGetValue(step.Key, out IReadOnlyList<string>? first) && !first.SequenceEqual(before))
                internalContradiction($"{transaction} read {step.Key} twice and saw two different lists.");

            if (known.TryAdd(step.Key, before) && endsWithOwn)
                yield return new ListRead(transaction, step.Key, before);
        }
    }
}
