using System.Diagnostics.Metrics;
using System.Text.Json;
using Harness.Load.Reporting;

namespace Harness.Load.Tests.Reporting;

public sealed class LoadReportsTests
{
    [Fact]
    public async Task Say_the_same_for_programs_and_for_people()
    {
        string folder = Directory.CreateTempSubdirectory("load-reports-").FullName;
        try
        {
            LoadResult result = await RunAsync(run => run.WithReportFolder(folder).WithReportFileName("mine"));

            using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "mine.json"), TestContext.Current.CancellationToken));
            JsonElement row = json.RootElement.GetProperty("rows")[0];
            Assert.Equal((50, 25, 25), (row.GetProperty("due").GetInt32(), row.GetProperty("ok").GetInt32(), row.GetProperty("errors").GetProperty("od|d").GetInt32()));
            Assert.Equal(50, json.RootElement.GetProperty("generator").GetProperty("asked").GetInt32());
            string[] csv = await File.ReadAllLinesAsync(Path.Combine(folder, "mine.csv"), TestContext.Current.CancellationToken);
            Assert.All(csv, line => Assert.Equal(19, line.Split(',').Length));
            Assert.StartsWith("half,,50,50,25,25,0,0,0,", csv[1], StringComparison.Ordinal);
            Assert.StartsWith("half,work,,,25,25,0,,,", csv[2], StringComparison.Ordinal);
            string markdown = await File.ReadAllTextAsync(Path.Combine(folder, "mine.md"), TestContext.Current.CancellationToken);
            Assert.Contains("| half | 50 | 25 | 25 | 0 | 0 | 0 |", markdown, StringComparison.Ordinal);
            Assert.Contains("od\\|d 25 |", markdown, StringComparison.Ordinal);
            Assert.Contains("| stats => stats.Ok.Request.Count &gt; 1000 |".Replace("&gt;", ">", StringComparison.Ordinal), markdown, StringComparison.Ordinal);
            Assert.Equal(50, result.ScenarioStats.Get("half").AllRequestCount);
            Assert.False(result.ScenarioStats.Exists("other"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Meter_counts_what_the_run_counted()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == LoadMeter.Name)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string key = $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}".Trim();
            lock (counted)
                counted[key] = counted.GetValueOrDefault(key) + value;
        });
        listener.Start();
        using var meter = new LoadMeter();

        await RunAsync(run => run.WithObserver(meter));

        Assert.Equal((50, 0), (counted["harness.load.arrivals half sent"], counted["harness.load.arrivals half dropped"]));
        Assert.Equal((25, 25), (counted["harness.load.iterations half  ok"], counted["harness.load.iterations half work refused"]));
        Assert.Equal(25, counted["harness.load.errors half od|d"]);
    }

    private static Task<LoadResult> RunAsync(Func<LoadRun, LoadRun> with)
    {
        ScenarioProps half = Scenario.Create("half", async context => await Step.Run("work", context, () =>
                Task.FromResult(context.InvocationNumber % 2 == 0 ? Response.Ok() : Response.Refused("od|d"))))
            .WithThresholds(Threshold.Create(stats => stats.Ok.Request.Count > 1000))
            .WithLoadSimulations(Simulation.Constant(500, TimeSpan.FromSeconds(0.1)));
        return with(LoadRunner.RegisterScenarios(half)).RunAsync(TestContext.Current.CancellationToken);
    }
}
