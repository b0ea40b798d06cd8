using System.CommandLine;

namespace Harness.Cli.Tests.Commands;

public sealed class HelpedCommandTests
{
    [Theory]
    [InlineData("gate", "gate.yaml", "--save-baselin", "did you mean '--save-baseline'?")]
    [InlineData("run", "demo", "--sead", "did you mean '--seed'?")]
    [InlineData("report", "runs/x", "--comparre", "did you mean '--compare'?")]
    public void Takes_no_mistyped_option_for_a_file(string command, string file, string mistyped, string hint)
    {
        ParseResult parsed = CommandTree.Create([]).Parse([command, file, mistyped]);

        Assert.Contains(parsed.Errors, error => error.Message.Contains($"'{mistyped}' is not an option of '{command}'; {hint}", StringComparison.Ordinal));
    }

    [Fact]
    public void Takes_its_own_options_and_files() =>
        Assert.Empty(CommandTree.Create([]).Parse(["gate", "gate.yaml", "runs/x", "--save-baseline", "--out", "results"]).Errors);
}
