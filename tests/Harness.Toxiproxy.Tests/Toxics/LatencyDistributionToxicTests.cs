using Harness.Toxiproxy.Tests.Support;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Tests.Toxics;

/// <summary>Two thousand draws with a fixed seed; each bound is four standard deviations or more away.</summary>
public sealed class LatencyDistributionToxicTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Normal_has_its_mean_and_its_deviation()
    {
        List<double> delays = Draw(("distribution", "normal"), ("latency", 1000.0), ("spread", 100.0));

        Assert.InRange(delays.Average(), 991, 1009);
        Assert.InRange(Math.Sqrt(delays.Average(d => Math.Pow(d - delays.Average(), 2))), 93, 107);
        // 68.3 % lie within one deviation: 1365 of 2000, with a deviation of 21.
        Assert.InRange(delays.Count(d => Math.Abs(d - 1000) < 100), 1280, 1450);
    }

    [Fact]
    public void Pareto_is_never_below_its_least_and_has_its_tail()
    {
        List<double> delays = Draw(("distribution", "pareto"), ("latency", 100.0), ("spread", 2.0));

        Assert.True(delays.Min() >= 100, $"{delays.Min()}");
        // P(X > x) = (100 / x)^2: a quarter over 200, a hundredth over 1000.
        Assert.InRange(delays.Count(d => d > 200), 420, 580);
        Assert.InRange(delays.Count(d => d > 1000), 4, 40);
    }

    [Fact]
    public void Samples_come_from_the_file_each_as_often()
    {
        File.WriteAllText(_file, "10\n20\n\n30.5\n40\n");
        Assert.Null(DelaySamples.Read(_file));

        List<double> delays = Draw(("distribution", "samples"), ("file", _file));

        Assert.All(new[] { 10, 20, 30.5, 40 }, sample => Assert.InRange(delays.Count(d => Math.Abs(d - sample) < 0.001), 420, 580));
    }

    [Theory]
    [InlineData("1\nsecret\n", "line 2 is no delay in milliseconds")]
    [InlineData("-1\n", "line 1 is no delay in milliseconds")]
    [InlineData("\n\n", "holds no delays")]
    [InlineData("", "holds no delays")]
    public void A_file_without_delays_is_refused_and_not_quoted(string content, string problem)
    {
        File.WriteAllText(_file, content);

        string? told = DelaySamples.Read(_file);

        Assert.Contains(problem, told!, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_changed_is_read_anew_when_a_toxic_names_it_again()
    {
        File.WriteAllText(_file, "10\n");
        Assert.Null(DelaySamples.Read(_file));
        File.WriteAllText(_file, "20\n");
        Assert.Null(DelaySamples.Read(_file));

        Assert.All(Draw(("distribution", "samples"), ("file", _file)), d => Assert.Equal(20, d, precision: 3));
    }

    [Fact]
    public void A_device_or_a_file_that_is_not_there_is_refused_at_once()
    {
        Assert.NotNull(DelaySamples.Read("/dev/zero"));
        Assert.NotNull(DelaySamples.Read(_file + ".missing"));
    }

    private static List<double> Draw(params (string, object)[] attributes)
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(LatencyDistributionToxic.Wire, attributes));
        var delays = new List<double>();
        for (int i = 0; i < 2000; i++)
        {
            TimeSpan sent = proxy.Loop.Now;
            proxy.Upstream.Send(1);
            proxy.Loop.Advance(TimeSpan.FromDays(2));
            delays.Add((proxy.Client.Arrived[^1].At - sent).TotalMilliseconds);
        }
        return delays;
    }
}
