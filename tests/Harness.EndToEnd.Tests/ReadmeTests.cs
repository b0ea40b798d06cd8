using System.Text.RegularExpressions;

namespace Harness.EndToEnd.Tests;

/// <summary>The README cannot promise a command that does not work.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Every_command_of_the_readme_works()
    {
        using var workspace = new Workspace();
        string[] commands = [.. Commands().Distinct()];
        Assert.Contains("./harness demo", commands);

        foreach (string command in commands.Where(command => command != "./harness test"))
        {
            string[] arguments = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
            if (arguments[0] is "demo" or "run")
                arguments = [.. arguments, "--out", workspace.Runs];
            arguments = [.. arguments.Select(argument => argument == "runs/<id>" ? Directory.EnumerateDirectories(workspace.Runs).First() : argument)];

            (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(arguments);

            Assert.True(exitCode == 0, $"{command} ended with {exitCode}{Environment.NewLine}{output}{errors}");
        }
    }

    private static IEnumerable<string> Commands() =>
        ShellBlock().Matches(File.ReadAllText(Path.Combine(HarnessProcess.Root, "README.md")))
            .SelectMany(block => block.Groups[1].Value.Split('\n'))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.StartsWith("./harness ", StringComparison.Ordinal));

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
