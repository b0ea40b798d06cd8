using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

public sealed class ToxiproxyBenchTests
{
    [Fact]
    public async Task Measures_every_row_direct_ours_and_another_in_one_run()
    {
        await using TestServer other = await TestServer.StartAsync(new ToxiproxyServerOptions { RuntimeMetrics = true });
        var options = new ToxiproxyBenchOptions { Against = other.Url, MeasureFor = TimeSpan.FromMilliseconds(60), Rounds = 1 };
        using var output = new LinesWriter();

        IReadOnlyList<ToxiproxyBenchRow> rows = await new ToxiproxyBench(options).RunAsync(output, TestContext.Current.CancellationToken);

        Assert.Equal(9, rows.Count(r => r.Subject == "ours"));
        Assert.Equal(9, rows.Count(r => r.Subject == "against"));
        Assert.Equal(7, rows.Count(r => r.Subject == "direct"));
        Assert.All(rows.Where(r => r.RatioToDirect is not null), r => Assert.True(r.Value > 0 && r.RatioToDirect > 0, r.Measure));
        // Late, maybe, on a busy machine; early, never.
        Assert.All(rows.Where(r => r.Measure.StartsWith("latency", StringComparison.Ordinal)), r => Assert.True(r.Value >= 0, $"{r.Measure}: {r.Value}"));
        Assert.Equal(rows.Count, output.Lines.Count(l => l.StartsWith("| ", StringComparison.Ordinal)) - 1);
    }
}
