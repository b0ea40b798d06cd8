using Harness.Target.Observability;

namespace Harness.Target.Tests.Observability;

public sealed class MetricRegistryTests
{
    [Fact]
    public void Shows_families_in_the_text_format_and_leaves_out_what_is_not_known()
    {
        var registry = new MetricRegistry();
        registry.Counter("a_total", "Of a.", "kind=\"x\"").Add(3);
        registry.Gauge("b", "Of b.", () => 0.5);
        registry.Gauge("c", "Of c.", () => double.NaN);
        registry.Counter("a_total", "Of a.", "kind=\"y\"").Add();

        Assert.Equal("""
            # HELP a_total Of a.
            # TYPE a_total counter
            a_total{kind="x"} 3
            a_total{kind="y"} 1
            # HELP b Of b.
            # TYPE b gauge
            b 0.5
            # HELP c Of c.
            # TYPE c gauge

            """, registry.Expose());
    }
}
