using System.Globalization;

namespace Harness.Records;

/// <summary>Turns what people and experiments are called into names that every file system takes.</summary>
internal static class RecordName
{
    private const int LongestName = 80;

    /// <summary><c>20261122T221005Z-payments-partition</c>.</summary>
    public static string Of(DateTimeOffset startedAt, string experiment) =>
        startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + Safe(experiment);

    /// <summary>Letters, digits, dots, dashes and underscores stay; everything else becomes a dash. Never empty, never
    /// hidden, never a way out of the folder.</summary>
    public static string Safe(string name)
    {
        char[] safe = [.. name.Take(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')];
        string trimmed = new string(safe).Trim('.', '-');
        return trimmed.Length > 0 ? trimmed : "unnamed";
    }
}
