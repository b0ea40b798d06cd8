using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Examinations;
using Harness.Records;

namespace Harness.Cli.Commands;

/// <summary><c>harness doctor</c>: which environments would work here, and what the others lack.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON (format version 1)." };
        var command = new HelpedCommand(
            "doctor",
            $"Says which environments ({string.Join(", ", EnvironmentKinds.All.Select(kind => kind.Name))}) would work on this machine and what the others lack. "
            + "Exit code 0 when the default one would, else 3.",
            "harness doctor",
            "harness doctor --json")
        {
            json,
        };
        command.SetAction((parsed, runToken) => ExamineAsync(parsed.GetValue(json), Console.Out, runToken));
        return command;
    }

    private static async Task<int> ExamineAsync(bool json, TextWriter output, CancellationToken runToken)
    {
        IReadOnlyList<Finding> findings = await MachineExamination.RunAsync(runToken);
        Diagnosis[] environments = [.. EnvironmentKinds.All.Select(kind => new Diagnosis(kind))];
        if (json)
            await output.WriteLineAsync(Json(findings, environments));
        else
            Print(findings, environments, output);
        return environments[0].Works ? ExitCode.Passed : ExitCode.NothingProven;
    }

    private static string Json(IReadOnlyList<Finding> findings, IReadOnlyList<Diagnosis> environments) => JsonSerializer.Serialize(
        new
        {
            FormatVersion = 1,
            Harness = new { Installation.Version, Installation.Commit },
            Runtime = RuntimeInformation.FrameworkDescription,
            OperatingSystem = RuntimeInformation.OSDescription,
            Findings = findings,
            Environments = environments.Select(one => new { one.Kind.Name, one.Kind.Summary, one.Works, one.Missing, one.Notes }),
        },
        RecordJson.Document);

    private static void Print(IReadOnlyList<Finding> findings, IReadOnlyList<Diagnosis> environments, TextWriter output)
    {
        output.WriteLine($"harness {Installation.Version}{(Installation.Commit is { } commit ? $" at {commit}" : "")}");
        output.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        output.WriteLine();
        foreach (Finding finding in findings)
        {
            output.WriteLine($"  {Word(finding.Status),-8} {finding.Name,-16} {finding.Found}");
            if (finding.Advice is { } advice)
                output.WriteLine($"  {"",-8} {"",-16} -> {advice}");
        }

        output.WriteLine();
        foreach (Diagnosis one in environments)
        {
            output.WriteLine($"  {(one.Works ? "works" : "lacks"),-8} --env {one.Kind.Name,-10} {one.Kind.Summary}");
            foreach (string line in one.Missing.Concat(one.Notes))
                output.WriteLine($"  {"",-8} - {line}");
        }
    }

    private static string Word(FindingStatus status) => status switch
    {
        FindingStatus.Fine => "ok",
        FindingStatus.Warning => "note",
        FindingStatus.Lacks => "missing",
        _ => "unknown",
    };

    private sealed record Diagnosis(IEnvironmentKind Kind)
    {
        public IReadOnlyList<string> Missing { get; } = Kind.Missing(Installation.TargetCommand);

        public bool Works => Missing.Count == 0;

        public IReadOnlyList<string> Notes => Works ? Kind.Notes() : [];
    }
}
