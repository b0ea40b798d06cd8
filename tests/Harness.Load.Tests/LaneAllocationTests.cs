using System.Diagnostics;
using Harness.Load.Loops;
using Harness.Load.Raw;

namespace Harness.Load.Tests;

/// <summary>What a request allocates, against an origin in a process of its own, the whole engine included.</summary>
[Collection(nameof(AlonePart))]
public sealed class LaneAllocationTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private Process _origin = null!;
    private Uri _url = null!;

    public async ValueTask InitializeAsync()
    {
        _origin = OwnProcess.Start("origin");
        string? port = await _origin.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);
        _url = new Uri($"http://127.0.0.1:{port}/");
    }

    public ValueTask DisposeAsync()
    {
        _origin.Kill();
        _origin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Allocates_nothing_for_a_request_of_the_raw_lane()
    {
        Assert.SkipUnless(EventLoops.AreThere, "event loops need Linux");
        using var client = new RawClient(_url);
        var request = RawRequest.Create("GET", _url);
        Func<IScenarioContext, ValueTask<IResponse>> get = context => client.SendAsync(request, Timeout, context.ScenarioCancellationToken);

        double bytes = await BytesARequestAsync(context => Step.Run("get", context, get));

        // The smallest object a request would be 24 bytes.
        Assert.InRange(bytes, 0, 1);
    }

    [Fact]
    public async Task Allocates_little_for_a_request_of_the_ordinary_lane()
    {
        Assert.SkipUnless(EventLoops.AreThere, "event loops need Linux");
        using HttpMessageInvoker client = Http.CreateClient();
        string url = _url.AbsoluteUri;

        double bytes = await BytesARequestAsync(
            async context => await Http.Send(client, Http.CreateRequest("GET", url), Timeout, context.ScenarioCancellationToken));

        Assert.InRange(bytes, 0, 1500);
    }

    /// <summary>In the thriftiest of some windows of one run: what each second costs falls into some of them, what each request costs into all.</summary>
    private static async Task<double> BytesARequestAsync(Func<IScenarioContext, ValueTask<IResponse>> body)
    {
        const int Window = 5_000;
        const int Windows = 10;
        // One loop, so that one thread does all that a request needs.
        long[] bytes = new long[Windows];
        int[] threads = new int[Windows];
        int done = 0;
        LoadResult result = await LoadRunner.RegisterScenarios(Scenario.Create("get", Counted)
            .WithLoadSimulations(Simulation.IterationsForConstant(8, Window * Windows)))
            .WithEventLoops(1).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(result.Scenarios[0].Total.Ok == Window * Windows, $"{result.Scenarios[0].Total}: {string.Join(", ", result.Scenarios[0].Total.Errors)}");
        Assert.Single(threads.Distinct());
        return bytes.Zip(bytes.Skip(1), (before, after) => after - before).Min() / (double)Window;

        ValueTask<IResponse> Counted(IScenarioContext context)
        {
            if (done++ % Window == 0)
                (bytes[(done - 1) / Window], threads[(done - 1) / Window]) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CurrentManagedThreadId);
            return body(context);
        }
    }
}
