using System.Reflection;
using System.Runtime.InteropServices;

namespace Harness.Cli;

/// <summary>Where the parts of this build are, and which build it is.</summary>
internal static class Installation
{
    /// <summary>The folder of the experiments that ship.</summary>
    public static string Experiments { get; } = Path.Combine(AppContext.BaseDirectory, "experiments");

    /// <summary>Starts the order system, which is built beside this command and never linked to it.</summary>
    public static IReadOnlyList<string> TargetCommand { get; } = [Dotnet, TargetLibrary];

    /// <summary>Starts this command again as the store of the embedded environment.</summary>
    public static IReadOnlyList<string> StoreCommand { get; } = [.. OwnCommand, "store"];

    /// <summary>Starts this command again as a proxy server alone.</summary>
    public static IReadOnlyList<string> ToxiproxyCommand { get; } = [.. OwnCommand, "toxiproxy"];

    /// <summary>Starts this command again as the server that load is measured against.</summary>
    public static IReadOnlyList<string> OriginCommand { get; } = [.. OwnCommand, "origin"];

    public static string Version => InformationalVersion.Split('+')[0];

    /// <summary>The commit this was built from; null outside a checkout.</summary>
    public static string? Commit => InformationalVersion.Split('+') is [_, var commit] ? commit : null;

    private static string InformationalVersion =>
        typeof(Installation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>Starts this command again.</summary>
    public static string[] OwnCommand => [Dotnet, Path.Combine(AppContext.BaseDirectory, "Harness.Cli.dll")];

    /// <summary>The host of the runtime that runs this: three folders above the shared framework.</summary>
    private static string Dotnet =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static string TargetLibrary
    {
        get
        {
            string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            string configuration = Path.GetFileName(own);
            return Path.GetFullPath(Path.Combine(own, "..", "..", "Harness.Target", configuration, "Harness.Target.dll"));
        }
    }
}
