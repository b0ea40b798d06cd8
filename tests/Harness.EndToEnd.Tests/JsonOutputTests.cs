using Harness.Cli.Tests.Schemas;

namespace Harness.EndToEnd.Tests;

/// <summary>What commands that start nothing print with <c>--json</c> is what is documented. Those that start something say so in their own tests.</summary>
public sealed class JsonOutputTests
{
    [Theory]
    [InlineData("list", "list")]
    [InlineData("doctor", "doctor")]
    [InlineData("bugs", "hunt", "--list")]
    [InlineData("leftovers", "heal", "--leftovers")]
    public async Task Is_as_documented(string schema, params string[] words)
    {
        (_, string output, string errors) = await HarnessProcess.RunAsync([.. words, "--json"]);

        Assert.True(output.Length > 0, errors);
        await Schemas.AssertValidAsync(schema, output);
    }

    [Fact]
    public async Task Names_the_schemas_that_there_are_when_asked_for_another()
    {
        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync("list", "--schema", "rum");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("--schema: 'rum' has none; did you mean 'run'?", errors, StringComparison.Ordinal);
    }
}
