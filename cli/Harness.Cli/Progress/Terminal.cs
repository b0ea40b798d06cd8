namespace Harness.Cli.Progress;

/// <summary>Whether a person is watching: only then is anything redrawn or coloured.</summary>
internal static class Terminal
{
    public static bool IsInteractive =>
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
}
