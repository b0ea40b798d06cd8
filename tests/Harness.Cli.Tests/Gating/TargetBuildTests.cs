using System.Diagnostics;
using Harness.Chaos.Environments;
using Harness.Cli.Gating;

namespace Harness.Cli.Tests.Gating;

/// <summary>Control and candidate of a gate may be revisions. On a repository of the test's own, whose order system says one word.</summary>
public sealed class TargetBuildTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("harness-test-").FullName;
    private readonly StringWriter _progress = new();

    public TargetBuildTests()
    {
        Git("init", "--quiet", "--initial-branch=main");
        Write("target/Harness.Target/Harness.Target.csproj", """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
    }

    public void Dispose()
    {
        _progress.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Builds_what_was_committed_once_and_keeps_it()
    {
        string commit = Commit("System.Console.WriteLine(\"one\");");
        Commit("System.Console.WriteLine(\"two\");");
        var build = new TargetBuild(_root);

        string library = await build.OfAsync(build.Resolve("HEAD~1")!, _progress, TestContext.Current.CancellationToken);

        Assert.Equal("one", Run("dotnet", library));
        Assert.StartsWith($"building the order system of {commit[..12]}", _progress.ToString(), StringComparison.Ordinal);
        Assert.Equal([commit], Directory.EnumerateFileSystemEntries(Path.Combine(_root, "artifacts", "builds")).Select(Path.GetFileName));
        Assert.Equal("", Git("status", "--porcelain", "--", "target"));

        DateTime before = File.GetLastWriteTimeUtc(library);
        Assert.Equal(library, await build.OfAsync(commit, TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Equal(before, File.GetLastWriteTimeUtc(library));
    }

    [Fact]
    public async Task Says_what_the_compiler_said_and_leaves_nothing()
    {
        string commit = Commit("this is no program");

        var error = await Assert.ThrowsAsync<EnvironmentException>(() => new TargetBuild(_root).OfAsync(commit, _progress, TestContext.Current.CancellationToken));

        Assert.Contains("Program.cs(1", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_root, "artifacts", "builds")));
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--all")]
    [InlineData("")]
    public void Knows_no_revision_that_there_is_not(string revision) => Assert.Null(new TargetBuild(_root).Resolve(revision));

    private string Commit(string program)
    {
        Write("target/Harness.Target/Program.cs", program);
        Git("add", "target");
        Git("-c", "user.name=test", "-c", "user.email=test@example.invalid", "commit", "--quiet", "--message", "one more");
        return Git("rev-parse", "HEAD");
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string Git(params string[] arguments) => Run("git", ["-C", _root, .. arguments]);

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return said;
    }
}
