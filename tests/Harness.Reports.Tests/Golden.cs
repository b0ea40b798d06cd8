using System.Runtime.CompilerServices;

namespace Harness.Reports.Tests;

/// <summary>Compares with a file kept beside the tests.</summary>
internal static class Golden
{
    /// <summary>With UPDATE_GOLDEN=1 the file is written instead, to be looked at before it is committed.</summary>
    public static void Matches(string file, string actual)
    {
        string copy = Path.Combine(AppContext.BaseDirectory, "Golden", file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "Golden", file), actual);
            File.WriteAllText(copy, actual);
        }

        Assert.Equal(File.ReadAllText(copy), actual);
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
