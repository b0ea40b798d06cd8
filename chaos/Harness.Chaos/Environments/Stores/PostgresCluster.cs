using System.Diagnostics;
using System.Globalization;

namespace Harness.Chaos.Environments.Stores;

/// <summary>The files of a PostgreSQL cluster, and the commands for them. The server refuses to run as root: then it runs as <c>postgres</c>.</summary>
internal sealed class PostgresCluster(string folder)
{
    internal const string ServerUser = "postgres";

    /// <summary>What the server is set to wherever it runs: room for prepared transactions, and no more memory than a small machine can spare.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["max_prepared_transactions=64", "shared_buffers=32MB"];

    private string Data => Path.Combine(folder, "data");

    /// <summary>Where the programs are; null when PostgreSQL is not installed.</summary>
    public static string? ProgramFolder { get; } = FindPrograms();

    /// <summary>Makes an empty cluster that lets <paramref name="user"/> in with <paramref name="password"/>, and nobody else.</summary>
    /// <exception cref="EnvironmentException">initdb refused; the message has its words.</exception>
    public async Task InitializeAsync(string user, string password, CancellationToken cancellationToken)
    {
        string passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (Environment.IsPrivilegedProcess)
            await RunAsync(["chown", "-R", ServerUser, folder], cancellationToken);
        await RunAsync(
        [
            .. AsServerUser(), Program("initdb"), "--pgdata", Data, "--username", user, "--pwfile", passwordFile, "--auth", "scram-sha-256",
            "--no-sync", "--locale", "C", "--encoding", "UTF8",
        ], cancellationToken);
        File.Delete(passwordFile);
    }

    /// <summary>Serves on loopback alone.</summary>
    public IReadOnlyList<string> ServeCommand(int port) =>
    [
        .. AsServerUser(), Program("postgres"), "-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
        .. Settings.SelectMany(setting => new[] { "-c", setting }),
    ];

    private static string[] AsServerUser() =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={ServerUser}", $"--regid={ServerUser}", "--clear-groups", "--"] : [];

    private static string Program(string name) => Path.Combine(ProgramFolder ?? "", name);

    private static async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new EnvironmentException($"{Path.GetFileName(command[0])} ended with {process.ExitCode}: {await output}{errors}");
    }

    // Debian keeps the server's programs out of the PATH, in a folder for each version.
    private static string? FindPrograms()
    {
        const string Versions = "/usr/lib/postgresql";
        IEnumerable<string> versions = Directory.Exists(Versions)
            ? Directory.EnumerateDirectories(Versions).OrderByDescending(VersionOf).Select(version => Path.Combine(version, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(versions)
            .FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")) && File.Exists(Path.Combine(place, "postgres")));
    }

    private static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out double version) ? version : 0;
}
