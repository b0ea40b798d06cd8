using System.Diagnostics;
using System.Formats.Tar;
using Harness.Chaos.Environments;

namespace Harness.Cli.Gating;

/// <summary>The order system as it was at a commit of the repository one is in: taken out, built, and kept for the next gate.</summary>
/// <param name="folder">Somewhere in the repository.</param>
/// <remarks>Nothing of the checkout changes, and what is not committed has no part in it. Kept under <c>artifacts/builds/COMMIT</c>.</remarks>
internal sealed class TargetBuild(string folder)
{
    private const string Project = "target/Harness.Target";
    private const string Library = "Harness.Target.dll";

    /// <returns>The commit's whole name; null when the repository has no such revision, or this is none.</returns>
    public string? Resolve(string revision)
    {
        (int exitCode, string said) = RunAsync("git", ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], folder, CancellationToken.None).GetAwaiter().GetResult();
        return exitCode == 0 ? said.Trim() : null;
    }

    /// <param name="commit">The whole name.</param>
    /// <param name="progress">Told what is built, when it is not kept from an earlier gate.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>The built <c>.dll</c>.</returns>
    /// <exception cref="EnvironmentException">It cannot be taken out or built; says what the tool said.</exception>
    public async Task<string> OfAsync(string commit, TextWriter progress, CancellationToken cancellationToken)
    {
        string root = (await DoAsync("git", ["rev-parse", "--show-toplevel"], folder, cancellationToken)).Trim();
        string kept = Path.Combine(root, "artifacts", "builds", commit);
        if (!File.Exists(Path.Combine(kept, Library)))
        {
            await progress.WriteLineAsync($"building the order system of {commit[..12]} (it is kept in {kept}) …");
            await BuildAsync(root, commit, kept, cancellationToken);
        }

        return Path.Combine(kept, Library);
    }

    private static async Task BuildAsync(string root, string commit, string kept, CancellationToken cancellationToken)
    {
        // Built beside and moved when it is whole: a gate that is ended on the way leaves nothing that looks like a build.
        string work = $"{kept}.{Environment.ProcessId}";
        Directory.CreateDirectory(work);
        try
        {
            string archive = Path.Combine(work, "source.tar"), source = Path.Combine(work, "source"), built = Path.Combine(work, "built");
            await DoAsync("git", ["archive", "--format=tar", "-o", archive, commit], root, cancellationToken);
            Directory.CreateDirectory(source);
            await TarFile.ExtractToDirectoryAsync(archive, source, overwriteFiles: false, cancellationToken);
            await DoAsync(Installation.TargetCommand[0], ["build", Path.Combine(source, Project), "-c", "Release", "-o", built, "-v", "quiet", "--nologo"], source, cancellationToken);
            if (!File.Exists(Path.Combine(built, Library)))
                throw new EnvironmentException($"{Project} of {commit} made no {Library}.");
            if (!Directory.Exists(kept))
                Directory.Move(built, kept);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<string> DoAsync(string program, string[] arguments, string workIn, CancellationToken cancellationToken)
    {
        (int exitCode, string said) = await RunAsync(program, arguments, workIn, cancellationToken);
        return exitCode == 0 ? said : throw new EnvironmentException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {exitCode}:{Environment.NewLine}{said.Trim()}");
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string program, string[] arguments, string workIn, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workIn, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None), errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            string said = await output;
            return (process.ExitCode, process.ExitCode == 0 ? said : said + await errors);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, missing.Message);
        }
    }
}
