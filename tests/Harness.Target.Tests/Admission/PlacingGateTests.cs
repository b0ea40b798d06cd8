using Harness.Target.Admission;
using Harness.Target.Observability;
using Microsoft.AspNetCore.Http;

namespace Harness.Target.Tests.Admission;

public sealed class PlacingGateTests
{
    [Fact]
    public async Task Lets_in_as_many_at_once_as_it_may_and_tells_the_next_when_to_come_again()
    {
        var metrics = new MetricRegistry();
        var options = new AdmissionOptions { PlacingMax = 2 };
        var gate = new PlacingGate(options, new Backlog(options, () => 0, new FakeTimeProvider()), metrics);
        var placing = new TaskCompletionSource<IResult>();
        Task<IResult> first = gate.EnterAsync(new DefaultHttpContext(), _ => placing.Task), second = gate.EnterAsync(new DefaultHttpContext(), _ => placing.Task);

        var context = new DefaultHttpContext();
        var refused = await gate.EnterAsync(context, _ => throw new InvalidOperationException("It must not be placed."));
        Assert.Equal(503, Assert.IsAssignableFrom<IStatusCodeHttpResult>(refused).StatusCode);
        Assert.Equal("1", context.Response.Headers.RetryAfter);
        Assert.Contains("orders_refused_total{reason=\"placing\"} 1", metrics.Expose(), StringComparison.Ordinal);

        placing.SetResult(Results.Ok());
        Assert.Equal(await first, await second);
        Assert.IsAssignableFrom<IResult>(await gate.EnterAsync(new DefaultHttpContext(), _ => placing.Task));
        Assert.Contains("orders_refused_total{reason=\"placing\"} 1", metrics.Expose(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_out_those_that_failed()
    {
        var options = new AdmissionOptions { PlacingMax = 1 };
        var gate = new PlacingGate(options, new Backlog(options, () => 0, new FakeTimeProvider()), new MetricRegistry());
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => gate.EnterAsync(new DefaultHttpContext(), _ => throw new TimeoutException()));
    }
}
