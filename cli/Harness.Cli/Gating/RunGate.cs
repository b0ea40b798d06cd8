using Harness.Chaos.Experiments;
using Harness.Cli.Running;
using Harness.Records;
using Harness.Reports;
using Harness.Reports.Gates;

namespace Harness.Cli.Gating;

/// <summary>The simple case: runs and a gate on their records in one go.</summary>
internal static class RunGate
{
    public static (GateFile? Gate, IReadOnlyList<Problem> Problems) Read(string file)
    {
        (GateFile? gate, IReadOnlyList<Problem> problems) = GateReader.Read(file);
        return gate is { Relative.Count: > 0 }
            ? (null, [new Problem(file, gate.Relative[0].Line, 1, "has relative rules, which need two systems side by side: harness gate FILE")])
            : (gate, problems);
    }

    /// <summary>Judges the runs together and leaves the gate's reports beside the last one's.</summary>
    public static Task<int> JudgeAsync(GateFile gate, IReadOnlyList<RunResult> results, TextWriter output, TextWriter error, CancellationToken runToken)
    {
        string[] folders = [.. results.Select(result => result.Outcome.Folder)];
        var settings = new GateSettings { File = gate.File, Runs = folders, Out = folders[^1] };
        RunFacts[] facts = [.. results.Select(result => RunFacts.Of(RunRecord.Open(result.Outcome.Folder), result.Verdict))];
        return new GateCall(settings, output, error).JudgeAsync(gate, facts, runToken);
    }
}
