using CsCheck;
using Harness.Load.Arrivals;

namespace Harness.Load.Tests;

public sealed class ShapeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // How many arrivals each half second has.
    public static TheoryData<string, LoadSimulation, int[]> Shapes { get; } = new()
    {
        { "a ramp down to nothing", Simulation.Ramp(40, 0, 2 * Second), [18, 12, 8, 2] },
        { "a stair", Simulation.Steps(10, 40, 4, 2 * Second), [5, 10, 15, 20] },
        { "a burst", Simulation.Spike(10, 200, Second / 2, Second / 2, 2 * Second), [5, 100, 5, 5] },
        { "two waves", Simulation.Sine(100, 100, Second, 2 * Second), [82, 18, 82, 18] },
        { "a recording", Simulation.Replay([Second, 0.1 * Second, 1.9 * Second]), [1, 0, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Puts_as_many_arrivals_into_each_half_second_as_its_curve_says(string why, LoadSimulation shape, int[] counts)
    {
        Assert.NotEmpty(why);
        int[] seen = new int[counts.Length];
        foreach (TimeSpan due in Dues(shape))
            seen[(int)(due / (Second / 2))]++;

        // Where the curve crosses a whole number right at the edge, rounding decides on which side one arrival lies.
        Assert.All(seen.Zip(counts), pair => Assert.InRange(pair.First, pair.Second - 1, pair.Second + 1));
        Assert.InRange(seen.Sum(), counts.Sum() - 1, counts.Sum() + 1);
    }

    [Fact]
    public void Inverts_each_curve_wherever_it_is_asked() =>
        Gen.Select(Gen.Double[0, 500], Gen.Double[0, 500], Gen.Double[0.1, 20], Gen.Double[0, 1]).Sample((a, b, seconds, share) =>
        {
            TimeSpan during = TimeSpan.FromSeconds(seconds);
            Intensity[] curves =
            [
                new RampIntensity(a, b + 1, during),
                new SineIntensity(a + b + 1, a, TimeSpan.FromSeconds(1.3), during),
                new PiecewiseIntensity([new ConstantIntensity(a + 1, during), new RampIntensity(a, b + 1, during)]),
            ];
            foreach (Intensity curve in curves)
            {
                double at = curve.SecondsUntil(share * curve.Total);
                Assert.InRange(at, 0, curve.During.TotalSeconds + 1e-6);
                // By then as much is expected as was asked for: the curve up to there, taken as a curve of its own.
                Assert.InRange(Math.Abs(UpTo(curve, at) - share * curve.Total), 0, 1e-3 * (1 + curve.Total));
            }
        }, iter: 300);

    [Fact]
    public void Spreads_any_rate_as_poisson_and_nothing_else()
    {
        TimeSpan[] dues = Dues(Simulation.Poisson(Simulation.Ramp(0, 2000, 10 * Second)));

        Assert.InRange(dues.Length, 9_500, 10_500);
        Assert.InRange(dues.Count(due => due < 5 * Second), 2_250, 2_750);
        Assert.Throws<ArgumentException>(() => Simulation.Poisson(Simulation.KeepConstant(1, Second)));
    }

    [Fact]
    public void Reads_moments_from_a_file_and_names_every_line_that_is_none()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "# seconds\n0.5\n\n0.25\n");
            Assert.Equal([0.25 * Second, 0.5 * Second], Dues(Simulation.ReplayFile(path)));

            File.WriteAllText(path, "0.5\nsoon\n-1\n");
            LoadConfigurationException refused = Assert.Throws<LoadConfigurationException>(() => Simulation.ReplayFile(path));
            Assert.Equal(
                [$"{path}(2): 'soon' is no moment in seconds, such as 0.125", $"{path}(3): '-1' is no moment in seconds, such as 0.125"],
                refused.Problems);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("a rate of -50/s")]
    [InlineData("a part of -00:00:01")]
    [InlineData("a period of 00:00:00")]
    [InlineData("a replay has no moments")]
    [InlineData("rates from 3 to 1")]
    public void Names_what_is_wrong_with_a_shape(string problem)
    {
        LoadSimulation[] wrong =
        [
            Simulation.Sine(100, 150, Second, Second),
            Simulation.Spike(1, 2, Second, Second, Second),
            Simulation.Sine(1, 1, TimeSpan.Zero, Second),
            Simulation.Replay([]),
            Simulation.InjectRandom(3, 1, Second, Second),
        ];

        Assert.Contains(wrong.SelectMany(simulation => simulation.Problems()), found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    private static double UpTo(Intensity curve, double seconds) => curve switch
    {
        // Where a ramp is cut off it has another final rate; from the middle of its line, the area is the same sum.
        RampIntensity ramp => seconds * (ramp.FromPerSecond!.Value
            + (ramp.ToPerSecond - ramp.FromPerSecond.Value) * seconds / curve.During.TotalSeconds / 2),
        PiecewiseIntensity parts => parts.Parts.Aggregate((Left: seconds, Sum: 0.0), (sum, part) =>
        {
            double within = Math.Clamp(sum.Left, 0, part.During.TotalSeconds);
            return (sum.Left - within, sum.Sum + UpTo(part, within));
        }).Sum,
        ConstantIntensity constant => constant.RatePerSecond * seconds,
        _ => seconds <= 0 ? 0 : curve.Lasting(TimeSpan.FromSeconds(seconds)).Total,
    };

    private static TimeSpan[] Dues(LoadSimulation simulation) =>
        [.. new ScenarioPlan(
            Scenario.Create("test", _ => Task.FromResult<IResponse>(Response.Ok())).WithLoadSimulations(simulation), 1)
            .Arrivals().Select(arrival => arrival.Due)];
}
