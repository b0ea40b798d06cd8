namespace Harness.Load.Tests;

public sealed class ThresholdTextTests
{
    // 99 answers of 10 ms and one of 100 ms, and 1 that was refused, in 2 s.
    private static readonly MeasurementStats Ok = new(new RequestStats(100, 50, 99), new LatencyStats(10, 10.9, 100, 10, 10, 10, 10, 9) { Percent90 = 10, Percent999 = 100, Percent9999 = 100 });
    private static readonly MeasurementStats Fail = new(new RequestStats(1, 0.5, 1), new LatencyStats(1, 1, 1, 1, 1, 1, 1, 0));
    private static readonly MeasurementStats None = new(new RequestStats(0, 0, 0), new LatencyStats(0, 0, 0, 0, 0, 0, 0, 0));

    [Theory]
    [InlineData("p99 < 80ms", true)]
    [InlineData("p99<=10", true)]
    [InlineData("p(99)<10", false)]
    [InlineData("p99.9 < 0.2s", true)]
    [InlineData("p99.99 < 99ms", false)]
    [InlineData("max > 99999us", true)]
    [InlineData("avg < 11", true)]
    [InlineData("med >= 10ms", true)]
    [InlineData("errors < 1%", false)]
    [InlineData("errors <= 1%", true)]
    [InlineData("errors < 0.02", true)]
    [InlineData("rps >= 50/s", true)]
    [InlineData("rps > 50", false)]
    [InlineData("count > 99", true)]
    public void Means_what_it_says(string text, bool holds)
    {
        Assert.True(Threshold.TryParse(text, null, null, TimeSpan.Zero, out Threshold? threshold));
        Assert.Equal(text, threshold!.CheckExpression);
        Assert.Equal(holds, threshold.Holds(Stats(Ok, Fail)));
    }

    [Theory]
    [InlineData("p99 < 80ms")]
    [InlineData("max >= 0")]
    [InlineData("errors < 1%")]
    [InlineData("errors >= 0")]
    public void Never_passes_when_nothing_was_measured(string text)
    {
        Assert.True(Threshold.TryParse(text, null, null, TimeSpan.Zero, out Threshold? threshold));
        Assert.False(threshold!.Holds(Stats(None, None)));
    }

    [Fact]
    public void Can_be_about_a_step_that_must_have_run()
    {
        Assert.True(Threshold.TryParse("p99 < 80ms", "place", 3, TimeSpan.FromSeconds(5), out Threshold? threshold));
        Assert.Equal(("place", 3, TimeSpan.FromSeconds(5)), (threshold!.StepName, threshold.AbortWhenErrorCount, threshold.StartCheckAfter));
        Assert.True(threshold.Holds(Stats(Ok, Fail) with { StepStats = [new StepStats { StepName = "place", Ok = Ok, Fail = Fail }] }));
        Assert.False(threshold.Holds(Stats(Ok, Fail)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p98 < 3")]
    [InlineData("p99 80ms")]
    [InlineData("p99 = 80ms")]
    [InlineData("p99 < fast")]
    [InlineData("p99 < 1%")]
    [InlineData("errors < 80ms")]
    [InlineData("rps > 5ms")]
    [InlineData("p99 < 80ms and more")]
    public void Is_refused_when_it_is_none(string text) => Assert.False(Threshold.TryParse(text, null, null, TimeSpan.Zero, out _));

    private static ScenarioStats Stats(MeasurementStats ok, MeasurementStats fail) =>
        new() { ScenarioName = "any", Ok = ok, Fail = fail, StepStats = [], Duration = TimeSpan.FromSeconds(2) };
}
