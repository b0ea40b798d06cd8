using Harness.Chaos.Conducting;
using Harness.Records;

namespace Harness.Cli.Running;

/// <summary>A run and what it proved.</summary>
internal sealed record RunResult(RunOutcome Outcome, RunVerdict Verdict, RunDescription Description)
{
    /// <summary>How a run ended wins over what it proved, but for data that is wrong: that stands whatever ended the run.</summary>
    public int ExitCode => (Outcome.Status, Verdict.Verdict) switch
    {
        (RunStatus.Interrupted, _) => Cli.ExitCode.Interrupted,
        (_, Records.Verdict.Fail) => Cli.ExitCode.Failed,
        (RunStatus.Failed, _) => Cli.ExitCode.NothingProven,
        (RunStatus.Stopped, _) => Cli.ExitCode.Stopped,
        (_, Records.Verdict.Pass) => Cli.ExitCode.Passed,
        _ => Cli.ExitCode.NothingProven,
    };

    public string Page => Path.Combine(Outcome.Folder, "report.html");
}
