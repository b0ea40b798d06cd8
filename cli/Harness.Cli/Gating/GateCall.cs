using System.Globalization;
using System.Text;
using Harness.Chaos.Experiments;
using Harness.Checks;
using Harness.Records;
using Harness.Reports;
using Harness.Reports.Gates;

namespace Harness.Cli.Gating;

/// <summary>From a gate file and records to an exit code.</summary>
internal sealed class GateCall(GateSettings settings, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken runToken)
    {
        (GateFile? gate, IReadOnlyList<Problem> read) = GateReader.Read(settings.File);
        var problems = read.ToList();
        var runs = new List<RunFacts>();
        foreach (string folder in settings.Runs)
        {
            try
            {
                RunRecord record = RunRecord.Open(folder);
                runs.Add(RunFacts.Of(record, Judge.Of(record)));
            }
            catch (Exception e) when (e is RecordException or IOException or UnauthorizedAccessException)
            {
                problems.Add(new Problem(folder, 0, 0, e.Message));
            }
        }

        if (gate is not null && gate.Exact.Count + gate.Absolute.Count > 0 && settings.Runs.Count == 0)
            problems.Add(new Problem(settings.File, 0, 0, "has exact or absolute rules, so name the run records they are put to: harness gate FILE RUN…"));
        if (gate is { Baseline: null } && settings.SaveBaseline)
            problems.Add(new Problem("--save-baseline", 0, 0, $"{settings.File} names no baseline file"));
        if (gate is null || problems.Count > 0)
        {
            problems.ForEach(problem => error.WriteLine($"harness: {problem}"));
            return ExitCode.BadInput;
        }

        return await JudgeAsync(gate, runs, runToken);
    }

    /// <summary>Judges and reports; what it says on the way goes to the errors' stream.</summary>
    internal async Task<int> JudgeAsync(GateFile gate, IReadOnlyList<RunFacts> runs, CancellationToken runToken)
    {
        int seed = settings.Seed ?? gate.Design.Seed ?? Random.Shared.Next(1, 1_000_000);
        Baseline baseline = gate.Baseline is null ? new Baseline() : Baseline.Read(gate.Baseline);
        var results = RecordGate.Judge(gate, runs, baseline.Values).ToList();
        if (settings.SaveBaseline)
        {
            Baseline.Of(results).Write(gate.Baseline!);
            await error.WriteLineAsync($"saved {gate.Baseline}");
            results = [.. RecordGate.Judge(gate, runs, Baseline.Read(gate.Baseline!).Values)];
        }

        if (gate.Relative.Count > 0 && !settings.RecordsOnly)
        {
            await using BlockSource source = await BlockSource.StartAsync(gate, seed, runToken);
            results.AddRange(await PairedGate.RunAsync(
                gate, source.NextAsync, (attempt, rounds) => error.WriteLine($"{(attempt == 0 ? "measured" : "confirming:")} {rounds} rounds"), runToken));
        }

        if (runs.Count > 0)
            results.AddRange(RunHistory.Note(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(settings.Runs[^1]))!, RunHistory.FileName), gate, runs, results));
        string seeded = gate.Relative.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $" --seed {seed}") : "";
        var outcome = new GateOutcome
        {
            Gate = gate.Name,
            File = gate.File,
            Command = $"./harness gate {settings.File}{string.Concat(settings.Runs.Select(run => " " + run))}{seeded}",
            Results = results,
        };
        await ReportAsync(outcome);
        return outcome.Verdict switch { Verdict.Pass => ExitCode.Passed, Verdict.Fail => ExitCode.Failed, _ => ExitCode.NothingProven };
    }

    private async Task ReportAsync(GateOutcome outcome)
    {
        await output.WriteAsync(settings.Json ? GateReports.Json(outcome) : GateReports.Text(outcome));
        if (settings.Out is { } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "gate.json"), GateReports.Json(outcome), CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(folder, "gate-junit.xml"), GateReports.JUnit(outcome), CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(folder, "gate.md"), GateReports.Summary(outcome), CancellationToken.None);
        }

        if (Environment.GetEnvironmentVariable("GITHUB_ACTIONS") != "true")
            return;
        // Where the runner reads commands; with --json the output belongs to whoever parses it.
        foreach (string line in GateReports.GitHub(outcome))
            await (settings.Json ? error : output).WriteLineAsync(line);
        if (Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
            await File.AppendAllTextAsync(summary, GateReports.Summary(outcome), Encoding.UTF8, CancellationToken.None);
    }
}

/// <summary>What was asked of a gate.</summary>
internal sealed record GateSettings
{
    public required string File { get; init; }

    public IReadOnlyList<string> Runs { get; init; } = [];

    public int? Seed { get; init; }

    public bool Json { get; init; }

    public bool SaveBaseline { get; init; }

    /// <summary>Leaves relative rules out: they need systems of their own.</summary>
    public bool RecordsOnly { get; init; }

    /// <summary>Where <c>gate.json</c>, <c>gate-junit.xml</c> and <c>gate.md</c> go; null for nowhere.</summary>
    public string? Out { get; init; }
}
