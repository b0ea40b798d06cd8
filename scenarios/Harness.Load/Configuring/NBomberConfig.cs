using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Harness.Load.Configuring;

/// <summary>NBomber's JSON configuration, put over a run.</summary>
internal static class NBomberConfig
{
    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="LoadConfigurationException">It is no JSON, or says what cannot be.</exception>
    public static LoadRun Apply(LoadRun run, string path, string text)
    {
        var problems = new List<string>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Json);
            run = Apply(run, new ConfigNode(document.RootElement, "", problems));
        }
        catch (JsonException error)
        {
            problems.Add($"line {error.LineNumber + 1} is no JSON: {error.Message}");
        }

        return problems.Count == 0 ? run : throw new LoadConfigurationException([.. problems.Select(problem => $"{path}: {problem}")]);
    }

    private static LoadRun Apply(LoadRun run, ConfigNode root)
    {
        root.RejectOthers("TestSuite", "TestName", "TargetScenarios", "ScenarioCompletionTimeout", "GlobalSettings", "ClusterSettings");
        if (root.Member("TestSuite")?.Text() is { } suite)
            run = run.WithTestSuite(suite);
        if (root.Member("TestName")?.Text() is { } name)
            run = run.WithTestName(name);
        if (root.Member("ScenarioCompletionTimeout")?.Time() is { } completion)
            run = run.WithScenarioCompletionTimeout(completion);
        if (root.Member("GlobalSettings") is { } settings)
            run = ApplyGlobal(run, settings);
        return root.Member("TargetScenarios") is { } targets ? ApplyTargets(run, targets) : run;
    }

    private static LoadRun ApplyTargets(LoadRun run, ConfigNode targets)
    {
        List<string> known = [];
        foreach (ConfigNode target in targets.Items())
        {
            if (target.Text() is { } name && IsKnown(run, target, name))
                known.Add(name);
        }

        return known.Count > 0 ? run.WithTargetScenarios([.. known]) : run;
    }

    private static LoadRun ApplyGlobal(LoadRun run, ConfigNode settings)
    {
        settings.RejectOthers(
            "ScenariosSettings", "ReportFileName", "ReportFolder", "ReportFormats", "ReportingInterval", "EnableHintsAnalyzer", "EnableStopTestForcibly",
            "GlobalCustomSettings");
        if (settings.Member("ReportFolder")?.Text() is { } folder)
            run = run.WithReportFolder(folder);
        if (settings.Member("ReportFileName")?.Text() is { } file)
            run = run.WithReportFileName(file);
        if (settings.Member("GlobalCustomSettings") is { } custom)
            run = run with { Options = run.Options with { Settings = run.Options.Settings with { CustomSettings = Configuration(custom) } } };
        foreach (ConfigNode one in settings.Member("ScenariosSettings")?.Items() ?? [])
        {
            if (one.Member("ScenarioName")?.Text() is not { } name)
                one.Problems.Add($"{one.Place}: has no ScenarioName");
            else if (IsKnown(run, one, name))
                run = run with { Scenarios = [.. run.Scenarios.Select(scenario => scenario.ScenarioName == name ? ApplyScenario(scenario, one) : scenario)] };
        }

        return run;
    }

    private static ScenarioProps ApplyScenario(ScenarioProps scenario, ConfigNode settings)
    {
        settings.RejectOthers(
            "ScenarioName", "WarmUpDuration", "LoadSimulationsSettings", "ThresholdSettings", "MaxFailCount", "Weight", "CustomSettings");
        if (settings.Member("WarmUpDuration")?.Time() is { } warmUp)
            scenario = scenario.WithWarmUpDuration(warmUp);
        if (settings.Member("LoadSimulationsSettings") is { } simulations)
            scenario = scenario.WithLoadSimulations([.. simulations.Items().Select(SimulationConfig.Read).OfType<LoadSimulation>()]);
        if (settings.Member("ThresholdSettings") is { } thresholds)
            scenario = scenario.WithThresholds([.. thresholds.Items().Select(ThresholdConfig.Read).OfType<Threshold>()]);
        if (settings.Member("MaxFailCount")?.Whole() is { } failCount)
            scenario = scenario.WithMaxFailCount(failCount);
        if (settings.Member("Weight")?.Whole() is { } weight)
            scenario = scenario.WithWeight(weight);
        return settings.Member("CustomSettings") is { } custom ? scenario with { CustomSettings = Configuration(custom) } : scenario;
    }

    private static bool IsKnown(LoadRun run, ConfigNode node, string name)
    {
        if (run.Scenarios.Any(scenario => scenario.ScenarioName == name))
            return true;
        node.Problems.Add($"{node.Place}: no scenario is called '{name}'; there is {string.Join(", ", run.Scenarios.Select(scenario => scenario.ScenarioName))}");
        return false;
    }

    /// <summary>Keys as .NET writes them: <c>users:0:name</c>.</summary>
    private static IConfigurationRoot Configuration(ConfigNode node)
    {
        if (!node.IsObject)
            node.Add("is no object");
        return new ConfigurationBuilder().AddInMemoryCollection(Flat(node.Json, "")).Build();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Flat(JsonElement json, string key)
    {
        string Under(string name) => key.Length == 0 ? name : $"{key}:{name}";
        return json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Flat(member.Value, Under(member.Name))),
            JsonValueKind.Array => json.EnumerateArray().SelectMany((item, i) => Flat(item, Under(i.ToString(CultureInfo.InvariantCulture)))),
            JsonValueKind.Null => [new(key, null)],
            JsonValueKind.String => [new(key, json.GetString())],
            _ => [new(key, json.GetRawText())],
        };
    }
}
