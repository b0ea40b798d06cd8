using Harness.Load;

namespace Harness.Scenarios.Example;

/// <summary>Two scenarios of one's own. <c>harness load</c> finds every public static method or property that gives one:
/// <c>harness load Harness.Scenarios.Example.dll --scenario hello --rate 20/s --setting base-url=http://127.0.0.1:8080</c>.</summary>
public static class HelloScenarios
{
    /// <summary>Asks for a page in two steps, with its own load and threshold for when the command line says none.</summary>
    public static ScenarioProps Hello()
    {
        HttpMessageInvoker client = Http.CreateClient();
        string baseUrl = "";
        return Scenario.Create("hello", async context =>
            {
                Response<HttpResponseMessage> page = await Step.Run("page", context, () => Http.Send(client, Http.CreateRequest("GET", baseUrl)));
                return await Step.Run("thought", context, () => Task.FromResult(page.IsError ? Response.Fail("no-page") : Response.Ok()));
            })
            .WithInit(context =>
            {
                baseUrl = context.CustomSettings["base-url"] ?? throw new InvalidOperationException("say --setting base-url=http://…");
                context.Logger.Information("{Scenario} asks {Url}", context.ScenarioInfo.ScenarioName, baseUrl);
                return Task.CompletedTask;
            })
            .WithClean(_ =>
            {
                client.Dispose();
                return Task.CompletedTask;
            })
            .WithThresholds(Threshold.Create(stats => stats.Fail.Request.Percent < 50))
            .WithLoadSimulations(Simulation.Inject(rate: 10, interval: TimeSpan.FromSeconds(1), during: TimeSpan.FromSeconds(2)));
    }

    /// <summary>Works with names from a feed; asks nobody, so that the engine can be tried without a target.</summary>
    public static ScenarioProps Greeting
    {
        get
        {
            IDataFeed<string> names = DataFeed.Circular(["Ada", "Grace", "Barbara"]);
            return Scenario.Create("greeting", async context =>
            {
                string name = names.GetNextItem(context.ScenarioInfo);
                await Task.Yield();
                return name.Length > 0 ? Response.Ok(sizeBytes: name.Length) : Response.Fail("nameless");
            });
        }
    }
}
