namespace Harness.Chaos.Experiments;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NearestName
{
    /// <summary>A sentence to append to an error: the nearest valid name, or all of them when none is near.</summary>
    /// <param name="seen">What was written.</param>
    /// <param name="valid">What could have been written.</param>
    public static string Hint(string seen, IEnumerable<string> valid)
    {
        string[] names = [.. valid];
        if (names.Length == 0)
            return "there is none to choose from";
        string nearest = names.MinBy(name => Distance(seen, name))!;
        return Distance(seen, nearest) <= Math.Max(2, seen.Length / 3)
            ? $"did you mean '{nearest}'?"
            : $"one of: {string.Join(", ", names)}";
    }

    /// <summary>How many single letters must be inserted, deleted or replaced, ignoring case (Levenshtein 1966).</summary>
    public static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
