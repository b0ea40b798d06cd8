namespace Harness.Chaos.Environments.Leftovers;

/// <summary>Where the harness of one user keeps what must outlive it.</summary>
public static class StateFolder
{
    /// <summary>Names another folder.</summary>
    public const string Variable = "HARNESS_STATE";

    /// <summary>
    /// <c>$HARNESS_STATE</c>, else <c>$XDG_STATE_HOME/harness</c>, else <c>~/.local/state/harness</c>, else a folder among the temporary ones. It may not be there yet.
    /// </summary>
    public static string Path { get; } = Named(Variable)
        ?? (Named("XDG_STATE_HOME") is { } states ? System.IO.Path.Combine(states, "harness") : null)
        ?? (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
            ? System.IO.Path.Combine(home, ".local", "state", "harness")
            : System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"harness-state-{Environment.UserName}"));

    /// <summary>Makes a folder in it that nobody else may look into.</summary>
    /// <returns>Its path; null when it cannot be made.</returns>
    public static string? TryMake(string root, string name)
    {
        string folder = System.IO.Path.Combine(root, name);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? path : null;
}
