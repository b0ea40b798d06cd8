using Harness.Load.Raw;

namespace Harness.Load.Bench;

/// <summary>One request with one step, in each lane.</summary>
internal static class Lanes
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static ScenarioProps Raw(Uri url)
    {
        var client = new RawClient(url);
        var request = RawRequest.Create("GET", url);
        Func<IScenarioContext, ValueTask<IResponse>> get = context => client.SendAsync(request, Timeout, context.ScenarioCancellationToken);
        return Scenario.Create("raw", context => Step.Run("get", context, get))
            .WithClean(_ =>
            {
                client.Dispose();
                return Task.CompletedTask;
            });
    }

    public static ScenarioProps Ordinary(Uri url)
    {
        HttpMessageInvoker client = Http.CreateClient();
        string address = url.AbsoluteUri;
        return Scenario.Create("ordinary", async context => await Step.Run(
                "get", context, () => Http.Send(client, Http.CreateRequest("GET", address), Timeout, context.ScenarioCancellationToken)))
            .WithClean(_ =>
            {
                client.Dispose();
                return Task.CompletedTask;
            });
    }
}
