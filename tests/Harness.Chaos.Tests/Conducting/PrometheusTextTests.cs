using Harness.Chaos.Conducting;

namespace Harness.Chaos.Tests.Conducting;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Reads_samples_with_and_without_labels_and_passes_over_the_rest()
    {
        Dictionary<string, double> samples = PrometheusText.Parse(
            """
            # HELP cache_hits_total Answered from the cache.
            # TYPE cache_hits_total counter
            cache_hits_total 42
            orders_terminal_total{status="CONFIRMED"} 17 1700000000000
            odd{text="a } b"} 1.5e3
            broken
            infinite +Inf
            """);

        Assert.Equal(3, samples.Count);
        Assert.Equal(42, samples["cache_hits_total"]);
        Assert.Equal(17, samples["orders_terminal_total{status=\"CONFIRMED\"}"]);
        Assert.Equal(1500, samples["odd{text=\"a } b\"}"]);
    }
}
