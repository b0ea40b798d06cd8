using System.Globalization;

namespace Harness.Checks.Pacelc;

/// <summary>Says what each mode chose.</summary>
public static class Labels
{
    /// <summary>A side that lost less than this has lost nothing.</summary>
    private const double AllowedLossRatio = 0.01;

    /// <param name="mode">The one to label.</param>
    /// <param name="others">What its latency is held against.</param>
    /// <param name="majority">The sides that the cut left with most of the system: stale reads there speak against PC.</param>
    public static ModeLabel Of(ModeScore mode, IReadOnlyList<ModeScore> others, IReadOnlyCollection<string> majority)
    {
        if (mode.Invalid.Count > 0)
        {
            string why = $"The runs prove nothing: {mode.Invalid[0]}";
            return new ModeLabel(mode.Mode, Choice.Undecided, why, Choice.Undecided, why, DefectsOf(mode, Choice.Undecided, Choice.Undecided));
        }

        (Choice partition, string partitionWhy) = UnderPartition(mode, majority);
        (Choice otherwise, string otherwiseWhy) = Otherwise(mode, others);
        return new ModeLabel(mode.Mode, partition, partitionWhy, otherwise, otherwiseWhy, DefectsOf(mode, partition, otherwise));
    }

    private static (Choice, string) UnderPartition(ModeScore mode, IReadOnlyCollection<string> majority)
    {
        AvailabilityMeasure? lost = mode.Sides.Where(side => side.Partition.Upper < side.Normal.Ratio - AllowedLossRatio).MinBy(side => side.Partition.Ratio);
        bool held = mode.Sides.Count > 0 && mode.Sides.All(side => side.Partition.Lower >= side.Normal.Ratio - AllowedLossRatio);
        bool readsCount = mode.Sides.Any(side => side.IsRead && majority.Contains(side.Side));
        bool broken = mode.Violations.Hits > 0 || (readsCount && mode.Partition.Stale.Hits > 0);
        bool asked = mode.Violations.Count > 0 && mode.Partition.Stale.Count > 0;

        string available = lost is null
            ? held ? "every side stayed within a point of its normal availability" : "the availability is not known closely enough"
            : string.Create(CultureInfo.InvariantCulture,
                $"{(lost.IsRead ? "reads" : "writes")} at {lost.Side} fell from {lost.Normal.Ratio:0.0%} to {lost.Partition.Ratio:0.0%} (at most {lost.Partition.Upper:0.0%})");
        string seen = $"broken promises: {mode.Violations.Counted}; stale reads: {mode.Partition.Stale.Counted}";
        string why = $"{char.ToUpperInvariant(available[0])}{available[1..]}; {seen}.";
        if (!asked)
            return (Choice.Undecided, $"{why} Too little could have shown a violation.");
        return (held, lost is not null, broken) switch
        {
            (true, _, false) => (Choice.Both, why + " The cut forced no choice."),
            (true, _, true) => (Choice.Availability, why),
            (_, _, false) => (Choice.Consistency, why),
            (_, true, true) when Rose(mode) => (Choice.Neither, why + " It lost both."),
            _ => (Choice.Undecided, why),
        };
    }

    // What was as bad before the cut is not the cut's doing; an invariant may never break.
    private static bool Rose(ModeScore mode) =>
        mode.Invariants.Broken.Hits > 0
        || mode.Partition.SessionViolations.Ratio > mode.Normal.SessionViolations.Ratio
        || mode.Partition.Stale.Ratio > mode.Normal.Stale.Ratio;

    private static (Choice, string) Otherwise(ModeScore mode, IReadOnlyList<ModeScore> others)
    {
        string stale = $"stale reads when nothing was wrong: {mode.Normal.Stale.Counted}";
        if (mode.Normal.Stale.Count == 0)
            return (Choice.Undecided, "Nothing was read that could have been stale.");
        if (mode.Normal.Stale.Hits == 0)
            return (Choice.Consistency, Capital(stale) + ".");

        (ModeScore Other, Difference Saved)[] compared =
        [
            .. others.Select(other => (other, Saved: LatencyDifference.Of(other.ReadBlocks, mode.ReadBlocks, 0.99m)))
                .Where(one => one.Saved is not null).Select(one => (one.other, one.Saved!)).OrderByDescending(one => one.Item2.Lower),
        ];
        if (compared.Length == 0)
            return (Choice.Undecided, $"{Capital(stale)}; there is no other mode to compare its latency with.");
        (ModeScore best, Difference saved) = compared[0];
        string faster = string.Create(CultureInfo.InvariantCulture,
            $"p99 of reads {saved.Estimate:0.00} ms below that of {best.Mode} ({saved.Lower:0.00} to {saved.Upper:0.00})");
        return saved.IsMore ? (Choice.Latency, $"{Capital(stale)}; {faster}.")
            : compared.All(one => one.Saved.IsLess) ? (Choice.Neither, $"{Capital(stale)}, and not faster for it: {faster}.")
            : (Choice.Undecided, $"{Capital(stale)}; {faster}, which may be none.");
    }

    private static List<string> DefectsOf(ModeScore mode, Choice partition, Choice otherwise)
    {
        var defects = new List<string>();
        if (partition == Choice.Neither)
            defects.Add("Neither available nor consistent under the cut.");
        if (otherwise == Choice.Neither)
            defects.Add("Neither fast nor consistent when nothing is wrong.");
        defects.AddRange(mode.Invariants.Checks.Where(check => check.Violations > 0)
            .Select(check => $"{check.Name} is broken, which no trade-off excuses: {check.First}"));
        if (mode.Indeterminate.Partly > 0)
            defects.Add($"{mode.Indeterminate.Partly} orders of unknown outcome took effect only in part.");
        if (mode.Errors.Wrong.Hits > 0)
            defects.Add($"{mode.Errors.Wrong.Hits} orders were acknowledged and are not in the book.");
        return defects;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
