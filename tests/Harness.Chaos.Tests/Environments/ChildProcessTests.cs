using Harness.Chaos.Environments;

namespace Harness.Chaos.Tests.Environments;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task A_child_starts_with_what_it_is_told_and_without_what_the_harness_told_its_own_runtime()
    {
        OwnRuntime.Tune();
        string log = Path.GetTempFileName();
        await using (ChildProcess process = ChildProcess.Start("env", ["env"], log, new Dictionary<string, string> { ["TOLD_TO_IT"] = "yes" }))
            await process.Exited.WaitAsync(TestContext.Current.CancellationToken);
        string[] variables = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        File.Delete(log);
        Assert.Contains(variables, line => line.EndsWith("TOLD_TO_IT=yes", StringComparison.Ordinal));
        Assert.DoesNotContain(variables, line => line.Contains("INLINE_COMPLETIONS", StringComparison.Ordinal));
    }
}
