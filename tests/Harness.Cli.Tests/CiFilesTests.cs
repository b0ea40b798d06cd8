using System.Runtime.CompilerServices;
using Harness.Cli.Gating;
using YamlDotNet.RepresentationModel;

namespace Harness.Cli.Tests;

/// <summary>The files that people copy into their CI cannot name a command, an option or a gate that does not exist.</summary>
public sealed class CiFilesTests
{
    [Theory]
    [InlineData("github-actions.yml")]
    [InlineData("gitlab-ci.yml")]
    public void Every_command_of_a_workflow_parses_and_names_files_that_exist(string workflow)
    {
        string[] commands = [.. Texts(workflow).Where(text => text.StartsWith("./harness ", StringComparison.Ordinal))];

        Assert.Equal(2, commands.Length);
        foreach (string command in commands)
        {
            string[] words = [.. command.Split(' ').Skip(1)];
            Assert.Empty(Wrong(words));
            Assert.All(words.Where(word => word.EndsWith(".yaml", StringComparison.Ordinal)), file => Assert.True(File.Exists(Path.Combine(Root, file)), file));
        }
    }

    [Theory]
    [InlineData("gate.yaml")]
    [InlineData("gate-paired.yaml")]
    public void Every_gate_that_ships_is_read_without_a_problem(string gate) =>
        Assert.Empty(GateReader.Read(Path.Combine(Root, "reports", "ci", gate)).Problems);

    [Fact]
    public void What_no_command_knows_is_found() =>
        Assert.StartsWith("'--no-such-option' is not an option of 'gate'", Assert.Single(Wrong(["gate", "a.yaml", "--no-such-option"])), StringComparison.Ordinal);

    /// <summary>What the parser complains of.</summary>
    private static IEnumerable<string> Wrong(string[] words) => CommandTree.Create(words).Parse(words).Errors.Select(error => error.Message);

    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static IEnumerable<string> Texts(string workflow)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Root, "reports", "ci", workflow))));
        return stream.Documents.Single().AllNodes.OfType<YamlScalarNode>().Select(node => node.Value ?? "");
    }
}
