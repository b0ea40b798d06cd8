using System.Globalization;

namespace Harness.Checks.Pacelc;

/// <summary>What one mode buys and pays against another.</summary>
/// <param name="Strong">The mode that the other is held against.</param>
/// <param name="Weak">The other.</param>
/// <param name="AvailabilityPoints">Availability under the cut: how many points of a hundred more.</param>
/// <param name="ViolationsPer10000">Broken promises: how many more in 10,000.</param>
/// <param name="StalePer1000Partition">Stale reads from the cut on: how many more in 1,000.</param>
/// <param name="ReadP50Milliseconds">When nothing is wrong: how much faster the median read is; null with too few reads.</param>
/// <param name="ReadP99Milliseconds">The same for the 99th percentile.</param>
/// <param name="StalePer1000Normal">Stale reads when nothing is wrong: how many more in 1,000.</param>
/// <param name="Sentences">The same for people.</param>
public sealed record ExchangeRate(
    string Strong,
    string Weak,
    Difference AvailabilityPoints,
    Difference ViolationsPer10000,
    Difference StalePer1000Partition,
    Difference? ReadP50Milliseconds,
    Difference? ReadP99Milliseconds,
    Difference StalePer1000Normal,
    IReadOnlyList<string> Sentences)
{
    public static ExchangeRate Of(ModeScore strong, ModeScore weak)
    {
        var rate = new ExchangeRate(
            strong.Mode,
            weak.Mode,
            weak.AvailablePartition.Minus(strong.AvailablePartition).Times(100),
            weak.Violations.Minus(strong.Violations).Times(10_000),
            weak.Partition.Stale.Minus(strong.Partition.Stale).Times(1000),
            LatencyDifference.Of(strong.ReadBlocks, weak.ReadBlocks, 0.5m),
            LatencyDifference.Of(strong.ReadBlocks, weak.ReadBlocks, 0.99m),
            weak.Normal.Stale.Minus(strong.Normal.Stale).Times(1000),
            []);
        return rate with { Sentences = [UnderTheCut(rate, weak), WhenNothingIsWrong(rate, weak)] };
    }

    private static string UnderTheCut(ExchangeRate rate, ModeScore weak) =>
        $"Under the cut {rate.Weak} has {Signed(rate.AvailabilityPoints, "0.0")} points of availability against {rate.Strong}, for "
        + $"{Signed(rate.StalePer1000Partition, "0.0")} stale reads in 1,000, {Signed(rate.ViolationsPer10000, "0.0")} broken promises in 10,000, "
        + $"and {(weak.Invariants.Broken.Hits == 0 ? "no" : weak.Invariants.Broken.Hits.ToString(CultureInfo.InvariantCulture))} broken invariants.";

    private static string WhenNothingIsWrong(ExchangeRate rate, ModeScore weak) => rate.ReadP99Milliseconds is { } p99
        ? $"When nothing is wrong {rate.Weak} saves {Signed(p99, "0.00")} ms of p99 of reads"
            + (rate.ReadP50Milliseconds is { } p50 ? $" and {Signed(p50, "0.00")} ms of p50" : "")
            + $", for {Signed(rate.StalePer1000Normal, "0.0")} stale reads in 1,000 (lag at most {weak.Normal.LagMax.TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture)} s)."
        : $"When nothing is wrong too few reads were answered to compare the latency of {rate.Weak} and {rate.Strong}.";

    // "+31.0 (29.0 to 33.0)"
    private static string Signed(Difference difference, string format)
    {
        string form = $"+{format};-{format};{format}";
        string Text(double value) => value.ToString(form, CultureInfo.InvariantCulture);
        return $"{Text(difference.Estimate)} ({Text(difference.Lower)} to {Text(difference.Upper)})";
    }
}
