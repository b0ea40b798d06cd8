using Harness.Cli.Tests.Schemas;

namespace Harness.EndToEnd.Tests;

/// <summary>Histories of others, judged by the command.</summary>
public sealed class CheckTests
{
    private const string Legal =
        """
        INFO  jepsen.util - 0	:invoke	:write	1
        INFO  jepsen.util - 0	:ok	:write	1
        INFO  jepsen.util - 1	:invoke	:read	nil
        INFO  jepsen.util - 1	:ok	:read	1

        """;

    [Theory]
    [InlineData(":read\t1", ":read\t1", 0, "ok")]
    [InlineData(":ok\t:read\t1", ":ok\t:read\t2", 1, "illegal")]
    public async Task Tells_a_legal_history_from_an_illegal_one(string right, string wrong, int expected, string word)
    {
        using var workspace = new Workspace();
        string file = workspace.Write("history.log", Legal.Replace(right, wrong, StringComparison.Ordinal));

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync("check", file, "--model", "cas-register", "--json");

        Assert.True(exitCode == expected, output + errors);
        await Schemas.AssertValidAsync("check", output);
        Assert.Contains($"\"word\": \"{word}\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_line_that_is_no_history()
    {
        using var workspace = new Workspace();
        string file = workspace.Write("history.log", Legal.Replace(":invoke\t:read\tnil", ":invoke\t:raed\tnil", StringComparison.Ordinal));

        (int exitCode, _, string errors) = await HarnessProcess.RunAsync("check", file, "--model", "cas-register");

        Assert.Equal(2, exitCode);
        Assert.Contains("3", errors, StringComparison.Ordinal);
    }
}
