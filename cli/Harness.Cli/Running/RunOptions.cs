using System.CommandLine;
using System.Globalization;
using Harness.Chaos.Environments;

namespace Harness.Cli.Running;

/// <summary>The options that every command which runs experiments takes.</summary>
internal sealed class RunOptions
{
    public const string DefaultRunsFolder = "runs";

    public Option<int?> Seed { get; } = new("--seed") { Description = "Fixes arrivals, keys and faults; drawn and printed when not given.", HelpName = "N" };

    public Option<string> Environment { get; } = new("--env")
    {
        Description = $"Where services and stores come from: {string.Join(", ", EnvironmentKinds.All.Select(kind => kind.Name))}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "embedded",
    };

    public Option<string?> External { get; } = new(EnvironmentSettings.ExternalOption)
    {
        Description = "For --env external: where the system is (YAML or JSON: services, toxiproxy, proxies).",
        HelpName = "FILE",
    };

    public Option<bool> Yes { get; } = new(EnvironmentSettings.YesOption) { Description = "For --env external: the system on this machine may be loaded and broken." };

    public Option<string?> Allow { get; } = new(EnvironmentSettings.AllowOption)
    {
        Description = "For --env external: the hosts that may be, one a line.",
        HelpName = "FILE",
    };

    public Option<string> Out { get; } = new("--out")
    {
        Description = "The folder that run records go into.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => DefaultRunsFolder,
    };

    public Option<int> ProxyPort { get; } = new("--proxy-port")
    {
        Description = "The port of the proxies' Toxiproxy API, so that other clients can join in; 0 takes a free one.",
        HelpName = "PORT",
        DefaultValueFactory = _ => 0,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON (format version 1) on standard output, progress on standard error." };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Gives a variable that the experiment declares another value; may come several times.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    public Option<string[]> Matrix { get; } = new("--matrix")
    {
        Description = "Runs once with each value of a switch or variable, all combinations of several.",
        HelpName = "NAME=A,B",
        DefaultValueFactory = _ => [],
    };

    public Option<int> Repeat { get; } = new("--repeat")
    {
        Description = "Runs everything so many times, each time with the next seed.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Print the plan and run nothing." };

    public Option<string?> Gate { get; } = new("--gate") { Description = "A gate file whose exact and absolute rules are put to the runs.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(Gate);
        command.Add(Seed);
        command.Add(Environment);
        command.Add(External);
        command.Add(Yes);
        command.Add(Allow);
        command.Add(Out);
        command.Add(ProxyPort);
        command.Add(Json);
        command.Add(Set);
        command.Add(Matrix);
        command.Add(Repeat);
        command.Add(DryRun);
    }

    /// <summary>What the environment is told.</summary>
    public EnvironmentSettings ReadAt(ParseResult parsed) => new()
    {
        ExternalFile = parsed.GetValue(External),
        Yes = parsed.GetValue(Yes),
        AllowFile = parsed.GetValue(Allow),
    };

    public RunSettings Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(Seed) ?? Random.Shared.Next(1, 1_000_000),
        Environment = parsed.GetValue(Environment)!,
        At = ReadAt(parsed),
        RunsFolder = parsed.GetValue(Out)!,
        ProxyApiPort = parsed.GetValue(ProxyPort),
        Json = parsed.GetValue(Json),
        Set = parsed.GetValue(Set)!,
        Matrix = parsed.GetValue(Matrix)!,
        Repeat = parsed.GetValue(Repeat),
        DryRun = parsed.GetValue(DryRun),
        Gate = parsed.GetValue(Gate),
    };
}

/// <summary>How the experiments of one call are to be run.</summary>
internal sealed record RunSettings
{
    public required int Seed { get; init; }

    public required string Environment { get; init; }

    /// <summary>What the environment is told.</summary>
    public EnvironmentSettings At { get; init; } = new();

    public required string RunsFolder { get; init; }

    public required int ProxyApiPort { get; init; }

    public required bool Json { get; init; }

    /// <summary>As they were written, <c>name=value</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>As they were written, <c>name=a,b</c>.</summary>
    public IReadOnlyList<string> Matrix { get; init; } = [];

    /// <value>Default 1.</value>
    public int Repeat { get; init; } = 1;

    public bool DryRun { get; init; }

    /// <summary>A gate file; null for none.</summary>
    public string? Gate { get; init; }

    /// <summary>The command that repeats one run, for people and for the record.</summary>
    /// <param name="run">The run.</param>
    public string CommandFor(PlannedRun run) => string.Join(
        ' ',
        [
            "./harness run", Quoted(run.Argument), "--env", Environment, .. At.Words.Select(Quoted), "--seed", run.Seed.ToString(CultureInfo.InvariantCulture),
            .. ProxyApiPort == 0 ? Array.Empty<string>() : ["--proxy-port", ProxyApiPort.ToString(CultureInfo.InvariantCulture)],
            .. Set.Where(set => !run.Experiment.Variant.ContainsKey(set.Split('=')[0])).Select(set => $"--set {Quoted(set)}"),
            .. run.Experiment.Variant.Select(axis => $"--matrix {Quoted($"{axis.Key}={axis.Value}")}"),
        ]);

    private static string Quoted(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=,:".Contains(letter, StringComparison.Ordinal)) ? text : $"\"{text}\"";
}
