using Harness.Records;
using Harness.Reports.Charts;

namespace Harness.Reports.Tests.Charts;

public sealed class ServiceChartsTests
{
    [Fact]
    public void Shows_a_running_total_as_its_growth_a_second()
    {
        Chart chart = Assert.Single(ServiceCharts.Of(Run("orders_total", (1, 10), (2, 30), (4, 40))));

        Assert.Equal([null, 20, 5], Assert.Single(chart.Lines).Values);
    }

    [Fact]
    public void Leaves_a_gap_where_a_total_began_again()
    {
        Chart chart = Assert.Single(ServiceCharts.Of(Run("orders_total", (1, 10), (2, 30), (3, 5), (4, 6))));

        Assert.Equal([null, 20, null, 1], Assert.Single(chart.Lines).Values);
    }

    [Fact]
    public void Shows_a_level_as_published() =>
        Assert.Equal([3, 1], Assert.Single(Assert.Single(ServiceCharts.Of(Run("queue_lag", (1, 3), (2, 1)))).Lines).Values);

    [Theory]
    [InlineData("queue_lag")]
    [InlineData("latency_seconds_bucket{le=\"1\"}")]
    public void Leaves_out_what_never_changed_and_what_says_nothing_by_itself(string metric)
    {
        double[] values = metric == "queue_lag" ? [2, 2] : [1, 2];

        Assert.Empty(ServiceCharts.Of(Run(metric, (1, values[0]), (2, values[1]))));
    }

    private static RunFacts Run(string metric, params (int Second, double Value)[] values) => SampleRun.Facts() with
    {
        Series =
        [
            .. values.Select(v => new SeriesSample
            {
                At = TimeSpan.FromSeconds(v.Second),
                Services = new Dictionary<string, ServiceSample>
                {
                    ["orders"] = new(null, null, new Dictionary<string, double> { [metric] = v.Value }),
                },
            }),
        ],
    };
}
