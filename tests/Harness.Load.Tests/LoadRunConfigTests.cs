namespace Harness.Load.Tests;

/// <summary>A configuration written for NBomber decides over the code here too.</summary>
public sealed class LoadRunConfigTests : IDisposable
{
    private const string Whole =
        """
        {
          "TestSuite": "shop", "TestName": "peak", // a comment, as NBomber takes them
          "TargetScenarios": ["buy"],
          "GlobalSettings": {
            "GlobalCustomSettings": { "Region": "north" },
            "ScenariosSettings": [{
              "ScenarioName": "buy",
              "LoadSimulationsSettings": [{ "IterationsForConstant": [2, 5] }],
              "ThresholdSettings": [
                { "OkRequest": "Percent > 90" },
                { "StepName": "pay", "OkLatency": "p75 < 60000", "AbortWhenErrorCount": 5 },
                { "FailRequest": "Percent >= 50" },
                { "OkRequest": "RPS >= 0", "StartCheckAfter": "00:00:10" }
              ],
              "CustomSettings": { "Hosts": ["first", "second"], "PauseMs": 100 },
              "MaxFailCount": 7
            }],
            "ReportFormats": ["Html"], "ReportingInterval": "00:00:05"
          }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("config-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Gives_scenarios_their_load_thresholds_and_settings()
    {
        string?[] seen = [];
        ScenarioProps buy = Buy.WithInit(context =>
        {
            seen = [context.CustomSettings["Hosts:1"], context.CustomSettings["PauseMs"], context.GlobalCustomSettings["Region"], context.TestInfo.TestName];
            return Task.CompletedTask;
        });
        LoadRun run = LoadRunner.RegisterScenarios(buy, Scenario.Empty("look")).LoadConfig(Write(Whole));

        LoadResult result = await run.RunAsync(TestContext.Current.CancellationToken).WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);

        Assert.Equal(["second", "100", "north", "peak"], seen);
        Assert.Equal(("buy", 5), (Assert.Single(result.ScenarioStats).ScenarioName, (int)result.ScenarioStats[0].Ok.Request.Count));
        Assert.Equal(["OkRequest: Percent > 90", "OkLatency: p75 < 60000", "FailRequest: Percent >= 50", "OkRequest: RPS >= 0"], result.Thresholds.Select(one => one.CheckExpression));
        // The last was never looked at, and silence does not pass.
        Assert.Equal([false, false, true, true], result.Thresholds.Select(one => one.IsFailed));
        Assert.Equal((5, TimeSpan.FromSeconds(10), 7), (run.Scenarios[0].Thresholds[1].AbortWhenErrorCount, run.Scenarios[0].Thresholds[3].StartCheckAfter, run.Scenarios[0].MaxFailCount));
    }

    [Theory]
    [InlineData("""{ "Inject": [3, "00:00:00.5", "00:00:02"] }""", 12)]
    [InlineData("""{ "RampingInject": [4, "00:00:01", "00:00:02"] }""", 4)]
    [InlineData("""{ "InjectRandom": [3, 3, "00:00:01", "00:00:02"] }""", 6)]
    [InlineData("""{ "IterationsForInject": [100, "00:00:01", 9] }""", 9)]
    [InlineData("""{ "Pause": "00:00:02" }""", 0)]
    public void Reads_every_kind_of_arrivals(string simulation, int arrivals)
    {
        LoadSimulation read = Assert.Single(LoadRunner.RegisterScenarios(Buy).LoadConfig(Write(With(simulation))).Scenarios[0].LoadSimulations);
        Assert.Equal(arrivals, read.Arrivals(seed: 1).Count());
    }

    [Theory]
    [InlineData("""{ "KeepConstant": [3, "00:00:02"] }""", 3)]
    [InlineData("""{ "RampingConstant": [4, "00:00:02"] }""", 2)]
    public void Reads_every_kind_of_virtual_users(string simulation, int copiesHalfWay)
    {
        LoadSimulation read = Assert.Single(LoadRunner.RegisterScenarios(Buy).LoadConfig(Write(With(simulation))).Scenarios[0].LoadSimulations);
        Assert.InRange(read.CopiesAt(read.During / 2), copiesHalfWay, copiesHalfWay + 1);
    }

    [Fact]
    public void Names_everything_that_cannot_be_at_once()
    {
        string file = Write(
            """
            {
              "TestSuit": "shop", "TargetScenarios": ["by"],
              "GlobalSettings": { "ScenariosSettings": [
                { "ScenarioName": "bay" },
                { "ScenarioName": "buy", "WarmUpDuration": 5,
                  "LoadSimulationsSettings": [{ "Injekt": [1] }, { "Inject": [1, "00:00:01"] }, { "KeepConstant": ["two", "00:00:02"] }],
                  "ThresholdSettings": [{ "OkLatency": "p98 < 5" }, { "StatusCode": ["500", "Percent < 5"] }] }
              ] }
            }
            """);
        IReadOnlyList<string> problems = Assert.Throws<LoadConfigurationException>(() => LoadRunner.RegisterScenarios(Buy).LoadConfig(file)).Problems;

        string[] expected =
        [
            "TestSuit: is not known; there is TestSuite,",
            "GlobalSettings.ScenariosSettings[0]: no scenario is called 'bay'; there is buy",
            "WarmUpDuration: 5 is no time such as",
            "LoadSimulationsSettings[0]: { \"Injekt\": [1] } is no load simulation; there is Inject,",
            "LoadSimulationsSettings[1]: { \"Inject\": [1, \"00:00:01\"] } has 2 values; Inject takes 3",
            "KeepConstant[0]: \"two\" is no whole number",
            "OkLatency: \"p98 < 5\" is no check such as \"P75 < 80\"; it takes Min,",
            "ThresholdSettings[1].StatusCode: is not known; there is OkRequest,",
            "TargetScenarios[0]: no scenario is called 'by'; there is buy",
        ];
        Assert.All(expected, part => Assert.Contains(problems, problem => problem.StartsWith(file, StringComparison.Ordinal) && problem.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void Says_where_a_file_is_no_json() => Assert.Contains(
        "line 2 is no JSON", Assert.Throws<LoadConfigurationException>(() => LoadRunner.RegisterScenarios(Buy).LoadConfig(Write("{\n,"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--config", "FILE")]
    [InlineData("-c", "FILE")]
    [InlineData("--config=FILE")]
    [InlineData("--unknown", "word", "--config=FILE", "--target=buy")]
    public void Is_named_by_the_words_behind_a_command(params string[] args)
    {
        string file = Write(With("""{ "IterationsForConstant": [1, 3] }"""));
        LoadResult result = LoadRunner.RegisterScenarios(Buy, Scenario.Empty("look")).Run([.. args.Select(word => word.Replace("FILE", file, StringComparison.Ordinal))]);
        Assert.Equal(3, result.AllOkCount);
    }

    private static ScenarioProps Buy => Scenario.Create("buy", async context => await Step.Run("pay", context, async () =>
    {
        await Task.Yield();
        return Response.Ok();
    }));

    private static string With(string simulation) =>
        $$"""{ "GlobalSettings": { "ScenariosSettings": [{ "ScenarioName": "buy", "LoadSimulationsSettings": [{{simulation}}] }] } }""";

    private string Write(string json)
    {
        string file = Path.Combine(_folder, "config.json");
        File.WriteAllText(file, json);
        return file;
    }
}
