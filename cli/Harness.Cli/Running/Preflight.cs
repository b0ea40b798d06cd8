using System.Net;
using System.Net.Sockets;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Checks;
using Harness.Scenarios;

namespace Harness.Cli.Running;

/// <summary>Checks everything that was asked for before anything is started: either plans that can run, or every problem at once.</summary>
internal static class Preflight
{
    public static (IReadOnlyList<PlannedRun> Runs, IReadOnlyList<Problem> Problems) Check(IReadOnlyList<string> arguments, RunSettings settings)
    {
        var problems = new List<Problem>();
        CheckRunsFolder(settings.RunsFolder, problems);
        CheckProxyPort(settings.ProxyApiPort, problems);
        if (settings.Repeat is < 1 or > 1000)
            problems.Add(new Problem("--repeat", 0, 0, $"{settings.Repeat} is no number of runs from 1 to 1000"));
        ExperimentChanges changes = ChangesReader.Read(settings, problems);
        var runs = new List<PlannedRun>();
        IEnvironmentKind? environment = CheckEnvironment(settings.Environment, settings.At, problems);

        // An unknown environment hides no other mistake: the file is read against the default one.
        IEnvironmentKind readFor = environment ?? EnvironmentKinds.All[0];
        foreach (string argument in arguments)
        {
            foreach (string file in ExperimentFiles.Find(argument, problems))
            {
                ExperimentReading reading = Reader(readFor, changes).ReadFile(file);
                problems.AddRange(reading.Problems);
                string again = Directory.Exists(argument) ? file : argument;
                runs.AddRange(reading.Variants.Select(variant => new PlannedRun(variant, readFor, again, settings.Seed)));
            }
        }

        return ([.. Enumerable.Range(0, Math.Max(1, settings.Repeat)).SelectMany(time => runs.Select(run => run with { Seed = settings.Seed + time }))], problems);
    }

    /// <summary>Reads experiments that may extend those that ship.</summary>
    public static ExperimentReader Reader(IEnvironmentKind environment, ExperimentChanges? changes = null) => new(Vocabulary, environment)
    {
        Changes = changes ?? new ExperimentChanges(),
        Shipped = name => ExperimentFiles.Ships(name) ? ExperimentFiles.PathOf(name) : null,
    };

    /// <summary>Every name that an experiment may use.</summary>
    public static Vocabulary Vocabulary { get; } = new()
    {
        Scenarios = [.. OrderScenarios.All.Select(scenario => scenario.Name)],
        Steps = OrderScenarios.All.ToDictionary(scenario => scenario.Name, IReadOnlyCollection<string> (scenario) => [.. scenario.Steps]),
        Checks = [.. Judge.All.Select(check => check.Name)],
    };

    /// <summary>The environment of that name, as the settings make it; null when it cannot be had. What it lacks here becomes problems.</summary>
    public static IEnvironmentKind? CheckEnvironment(string name, EnvironmentSettings settings, ICollection<Problem> problems)
    {
        IEnvironmentKind? environment = EnvironmentKinds.Find(name);
        if (environment is null)
            problems.Add(new Problem("--env", 0, 0, $"'{name}' is not an environment; {NearestName.Hint(name, EnvironmentKinds.All.Select(kind => kind.Name))}"));
        foreach (string missing in environment?.Missing(Installation.TargetCommand) ?? [])
            problems.Add(new Problem($"--env {name}", 0, 0, missing));
        return environment?.Configured(settings, problems);
    }

    /// <summary>Says it when records cannot be written there.</summary>
    public static void CheckRunsFolder(string folder, ICollection<Problem> problems)
    {
        try
        {
            // The nearest folder that is there decides; what is missing below it is only made when the run is.
            string existing = Path.GetFullPath(folder);
            while (!Directory.Exists(existing) && !File.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
                existing = parent;
            string probe = Path.Combine(existing, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add(new Problem("--out", 0, 0, $"'{folder}' cannot be written: {error.Message}"));
        }
    }

    /// <summary>Says it when the proxies' control API could not listen there.</summary>
    public static void CheckProxyPort(int port, ICollection<Problem> problems) => CheckPort("--proxy-port", port, problems);

    /// <summary>Says it when nothing could listen there, on loopback; 0, for any free port, can always be had.</summary>
    public static void CheckPort(string option, int port, ICollection<Problem> problems)
    {
        if (port == 0)
            return;
        if (port is < 0 or > 65535)
        {
            problems.Add(new Problem(option, 0, 0, $"{port} is not a port; it takes 0 to 65535"));
            return;
        }

        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
        catch (SocketException error)
        {
            problems.Add(new Problem(option, 0, 0, $"127.0.0.1:{port} cannot be listened on: {error.Message}"));
        }
    }
}

/// <summary>One experiment that can be run.</summary>
/// <param name="Experiment">What to run.</param>
/// <param name="Environment">Where.</param>
/// <param name="Argument">What the user would type to name it again.</param>
/// <param name="Seed">Fixes arrivals, keys and faults.</param>
internal sealed record PlannedRun(Experiment Experiment, IEnvironmentKind Environment, string Argument, int Seed);
