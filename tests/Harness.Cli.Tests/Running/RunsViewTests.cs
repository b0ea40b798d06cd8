using System.Text.Json;
using Harness.Chaos.Conducting;
using Harness.Cli.Running;
using Harness.Records;

namespace Harness.Cli.Tests.Running;

public sealed class RunsViewTests
{
    [Fact]
    public void Says_of_each_run_where_its_record_is_and_what_it_proved()
    {
        var verdict = new RunVerdict { Verdict = Verdict.Fail, Sentence = "Failed: money is gone.", Results = [Samples.Failed] };
        var result = new RunResult(new RunOutcome(RunStatus.Completed, "runs/x", null), verdict, Samples.Description);

        JsonElement json = JsonDocument.Parse(RunsView.Render([result])).RootElement;

        Assert.Equal(1, json.GetProperty("formatVersion").GetInt32());
        JsonElement run = Assert.Single(json.GetProperty("runs").EnumerateArray());
        Assert.Equal("runs/x", run.GetProperty("folder").GetString());
        Assert.Equal("fail", run.GetProperty("verdict").GetString());
        Assert.Equal(1, run.GetProperty("exitCode").GetInt32());
        Assert.Equal(7, run.GetProperty("seed").GetInt32());
        Assert.Equal("money-conserved", run.GetProperty("results")[0].GetProperty("name").GetString());
    }
}
