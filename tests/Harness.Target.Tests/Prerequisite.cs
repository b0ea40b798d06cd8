namespace Harness.Target.Tests;

/// <summary>What a test needs from the machine.</summary>
public static class Prerequisite
{
    /// <summary>Skips the calling test where something is missing and says what to install; with CI=true fails it.</summary>
    public static void Require(IReadOnlyList<string> missing)
    {
        if (missing.Count == 0)
            return;
        var what = string.Join("; ", missing);
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", what);
        Assert.Skip(what);
    }
}
