using Harness.Chaos.Environments;

namespace Harness.Chaos.Tests.Environments;

public sealed class SwitchNeedsTests
{
    private static readonly Dictionary<string, string> TwoPhases = new() { ["coordination"] = "two-phase-commit" };

    [Fact]
    public void Two_phase_commit_is_refused_where_there_is_no_PostgreSQL_and_the_refusal_says_where_there_is()
    {
        string problem = Assert.Single(SwitchNeeds.Problems(TwoPhases, EnvironmentKinds.Find("embedded")!));
        Assert.Contains("--env local and --env docker have it", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("docker")]
    [InlineData("external")]
    public void It_is_taken_where_there_is_one_or_where_the_system_is_somebody_elses(string environment) =>
        Assert.Empty(SwitchNeeds.Problems(TwoPhases, EnvironmentKinds.Find(environment)!));

    [Fact]
    public void Everything_else_is_taken_everywhere() =>
        Assert.All(EnvironmentKinds.All, kind => Assert.Empty(SwitchNeeds.Problems(new Dictionary<string, string> { ["coordination"] = "orchestration" }, kind)));
}
