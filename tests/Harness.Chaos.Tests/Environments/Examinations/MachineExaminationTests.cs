using Harness.Chaos.Environments.Examinations;

namespace Harness.Chaos.Tests.Environments.Examinations;

public sealed class MachineExaminationTests
{
    [Fact]
    public async Task Looks_at_everything_and_says_what_to_do_about_all_that_is_not_fine()
    {
        IReadOnlyList<Finding> findings = await MachineExamination.RunAsync(TestContext.Current.CancellationToken);

        Assert.Superset(
            new HashSet<string> { ".NET SDK", "processors", "memory", "disk", "loopback ports", "open files", "redis-server", "PostgreSQL", "Docker", "Chromium" },
            findings.Select(finding => finding.Name).ToHashSet());
        Assert.All(findings, finding => Assert.NotEqual("", finding.Found));
        Assert.All(findings.Where(finding => finding.Status is FindingStatus.Warning or FindingStatus.Lacks), finding => Assert.NotNull(finding.Advice));
    }
}
