using System.Text.RegularExpressions;
using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>The README cannot promise a command that does not work.</summary>
public sealed partial class ReadmeTests
{
    private const int Stopped = 4;

    [Fact]
    public async Task Every_command_of_the_readme_works()
    {
        string[] commands = [.. Commands().Distinct()];
        Assert.Contains("./harness demo", commands);
        string record = "";
        using var kept = new Workspace();
        foreach (string command in commands.Where(command => command != "./harness test"))
        {
            string[] words = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(word => word == "runs/<id>" ? record : word)];
            if (words[0] is not ("demo" or "run" or "load") || words.Contains("--dry-run"))
            {
                (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(words);
                Assert.True(exitCode == 0, $"{command} ended with {exitCode}{Environment.NewLine}{output}{errors}");
                continue;
            }

            record = await RunAsync(words, Path.Combine(kept.Runs, string.Join('-', words).Replace('/', '-')));
        }
    }

    private static async Task<string> RunAsync(string[] words, string runs)
    {
        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync([.. words, "--out", runs]);
        if (exitCode == Stopped)
        {
            // A machine that was too busy even for the steady state; what was proven then is nothing, so it is asked once more.
            Directory.Delete(runs, recursive: true);
            (exitCode, output, errors) = await HarnessProcess.RunAsync([.. words, "--out", runs]);
        }

        string record = Assert.Single(Directory.EnumerateDirectories(runs));
        Held.Assert(exitCode, RunRecord.Open(record), output + errors);
        return record;
    }

    private static IEnumerable<string> Commands() =>
        ShellBlock().Matches(File.ReadAllText(Path.Combine(HarnessProcess.Root, "README.md")))
            .SelectMany(block => block.Groups[1].Value.Split('\n'))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.StartsWith("./harness ", StringComparison.Ordinal));

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
