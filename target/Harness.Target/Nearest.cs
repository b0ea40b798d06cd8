namespace Harness.Target;

/// <summary>What somebody who mistyped a word most likely meant.</summary>
public static class Nearest
{
    /// <summary>The candidate with the smallest edit distance to <paramref name="word"/>; the first of several.</summary>
    /// <param name="candidates">Not empty.</param>
    public static string To(string word, IEnumerable<string> candidates) => candidates.MinBy(candidate => Distance(word, candidate))!;

    /// <summary>Insertions, deletions and substitutions between two words (Levenshtein, by rows).</summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substituted = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
