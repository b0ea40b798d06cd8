using System.CommandLine;
using System.Globalization;

namespace Harness.Cli.Running;

/// <summary>The options that every command which runs experiments takes.</summary>
internal sealed class RunOptions
{
    public const string DefaultRunsFolder = "runs";

    public Option<int?> Seed { get; } = new("--seed") { Description = "Fixes arrivals, keys and faults; drawn and printed when not given.", HelpName = "N" };

    public Option<string> Environment { get; } = new("--env")
    {
        Description = "Where services and stores come from; 'harness list' names them.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "embedded",
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

    public void AddTo(Command command)
    {
        command.Add(Seed);
        command.Add(Environment);
        command.Add(Out);
        command.Add(ProxyPort);
        command.Add(Json);
    }

    public RunSettings Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(Seed) ?? Random.Shared.Next(1, 1_000_000),
        Environment = parsed.GetValue(Environment)!,
        RunsFolder = parsed.GetValue(Out)!,
        ProxyApiPort = parsed.GetValue(ProxyPort),
        Json = parsed.GetValue(Json),
    };
}

/// <summary>How the experiments of one call are to be run.</summary>
internal sealed record RunSettings
{
    public required int Seed { get; init; }

    public required string Environment { get; init; }

    public required string RunsFolder { get; init; }

    public required int ProxyApiPort { get; init; }

    public required bool Json { get; init; }

    /// <summary>The command that repeats a run of <paramref name="experiment"/>, for people and for the record.</summary>
    public string CommandFor(string experiment) =>
        string.Create(CultureInfo.InvariantCulture, $"./harness run {Quoted(experiment)} --env {Environment} --seed {Seed}");

    private static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
