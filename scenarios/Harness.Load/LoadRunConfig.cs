using Harness.Load.Configuring;

namespace Harness.Load;

/// <summary>Lets a file, or the words behind a command, decide over what the code says; NBomber's names and its JSON.</summary>
public static class LoadRunConfig
{
    /// <summary>Reads a file in the form of NBomber's JSON configuration: <c>TestSuite</c>, <c>TestName</c>, <c>TargetScenarios</c>, and in
    /// <c>GlobalSettings</c> the load, warm-up, weight, thresholds, fail count and custom settings of each scenario, and where reports go. What it
    /// says takes the place of what the code says. Cluster, sink, plugin, format and interval settings have no meaning here and are passed over.</summary>
    /// <param name="run">The run, with all its scenarios registered.</param>
    /// <param name="path">A file, or an <c>http</c> address.</param>
    /// <exception cref="LoadConfigurationException">The file holds what cannot be; every problem is named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LoadRun LoadConfig(this LoadRun run, string path) => NBomberConfig.Apply(run, path, Data.TextOf(path));

    /// <summary>Reads <c>-c FILE</c>, <c>--config=FILE</c>, <c>-t NAME</c> and <c>--target=NAME</c>, as NBomber does; other words are others' business.</summary>
    /// <inheritdoc cref="LoadConfig" path="/exception"/>
    internal static LoadRun WithArguments(this LoadRun run, IReadOnlyList<string> args)
    {
        if (ValuesOf(args, "-c", "--config").LastOrDefault() is { } config)
            run = run.LoadConfig(config);
        string[] targets = [.. ValuesOf(args, "-t", "--target")];
        return targets.Length > 0 ? run.WithTargetScenarios(targets) : run;
    }

    private static IEnumerable<string> ValuesOf(IReadOnlyList<string> args, string letter, string word)
    {
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i].StartsWith(word + "=", StringComparison.Ordinal))
                yield return args[i][(word.Length + 1)..];
            else if ((args[i] == letter || args[i] == word) && i + 1 < args.Count)
                yield return args[++i];
        }
    }
}
