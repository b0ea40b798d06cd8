using System.Text.Json;
using Harness.Cli.Tests.Schemas;

namespace Harness.EndToEnd.Tests;

/// <summary>A system that <c>harness up</c> keeps running in a process of its own.</summary>
internal sealed class UpSystem : IAsyncDisposable
{
    private UpSystem(HarnessProcess harness, JsonElement view) => (Harness, View) = (harness, view);

    public HarnessProcess Harness { get; }

    /// <summary>The line it printed when everything was ready.</summary>
    public JsonElement View { get; }

    public Uri ProxyApi => new(View.GetProperty("proxyApi").GetString()!);

    public string? ProxyToken => View.GetProperty("proxyToken").GetString();

    public JsonElement Service(string name) => View.GetProperty("services").EnumerateArray().Single(service => service.GetProperty("name").GetString() == name);

    /// <summary>Starts one and waits, by condition, until it says that everything is ready.</summary>
    public static Task<UpSystem> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(), arguments);

    /// <summary>The same with variables of its environment set.</summary>
    public static async Task<UpSystem> StartAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        HarnessProcess harness = HarnessProcess.Start(variables, ["up", "--json", .. arguments]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        while (!harness.Output.Contains('\n'))
        {
            if (harness.Process.HasExited)
                Assert.Fail($"harness up ended with {harness.Process.ExitCode}: {harness.Output}{harness.Errors}");
            await Task.Delay(50, limit.Token);
        }

        await Schemas.AssertValidAsync("up", harness.Output.Split('\n')[0]);
        using JsonDocument line = JsonDocument.Parse(harness.Output);
        return new UpSystem(harness, line.RootElement.Clone());
    }

    public ValueTask DisposeAsync() => Harness.DisposeAsync();
}
