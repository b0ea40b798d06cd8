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
        new DoctorView(
            1, new HarnessView(Installation.Version, Installation.Commit), RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, findings,
            [.. environments.Select(one => new EnvironmentView(one.Kind.Name, one.Kind.Summary, one.Works, one.Missing, one.Notes))]),
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

/// <summary>What <c>--json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Harness">Which harness says so.</param>
/// <param name="Runtime">.NET's own name for itself.</param>
/// <param name="OperatingSystem">Its own name for itself.</param>
/// <param name="Findings">What was looked at.</param>
/// <param name="Environments">The default one first.</param>
internal sealed record DoctorView(
    int FormatVersion, HarnessView Harness, string Runtime, string OperatingSystem, IReadOnlyList<Finding> Findings, IReadOnlyList<EnvironmentView> Environments);

/// <summary>A build of the harness.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Commit">What it was built from; null outside a repository.</param>
internal sealed record HarnessView(string Version, string? Commit);

/// <summary>An environment.</summary>
/// <param name="Name">As <c>--env</c> takes it.</param>
/// <param name="Summary">One line.</param>
/// <param name="Works">Whether it would work here.</param>
/// <param name="Missing">What it lacks, each with what to do about it.</param>
/// <param name="Notes">What works, but not as one might expect.</param>
internal sealed record EnvironmentView(string Name, string Summary, bool Works, IReadOnlyList<string> Missing, IReadOnlyList<string> Notes);
