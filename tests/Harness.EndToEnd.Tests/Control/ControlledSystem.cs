using System.Net.Http.Headers;
using System.Text.Json;

namespace Harness.EndToEnd.Tests.Control;

/// <summary>One system that is up under a little load, and the commands of its owner.</summary>
public sealed class ControlledSystem : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private UpSystem _up = null!;

    public HttpClient Http { get; private set; } = null!;

    public Uri Url => new(_up.View.GetProperty("control").GetString()!);

    public string Token => _up.View.GetProperty("controlToken").GetString()!;

    /// <summary>The file by which other commands find it.</summary>
    public string ControlFile => _up.View.GetProperty("controlFile").GetString()!;

    public string StateFolder => Path.Combine(_workspace.Folder, "state");

    public Uri Service(string name) => new(_up.Service(name).GetProperty("url").GetString()!);

    public async ValueTask InitializeAsync()
    {
        _up = await UpSystem.StartAsync(Variables, "--out", _workspace.Runs, "--seed", "7", "--load", "10/s");
        Http = new HttpClient { BaseAddress = new Uri(Url, "api/v1/") };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await HarnessProcess.SignalAsync(_up.Harness.Process.Id, "INT");
        await _up.Harness.ExitAsync();
        await _up.DisposeAsync();
        _workspace.Dispose();
    }

    internal Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] words) => HarnessProcess.RunAsync(Variables, words);

    public async Task<JsonElement> AskAsync(string path) => JsonSerializer.Deserialize<JsonElement>(await Http.GetStringAsync(path, TestContext.Current.CancellationToken));

    private Dictionary<string, string> Variables => new() { ["HARNESS_STATE"] = StateFolder };
}

[CollectionDefinition(Name)]
public sealed class Controlled : ICollectionFixture<ControlledSystem>
{
    public const string Name = "a controlled system";
}
