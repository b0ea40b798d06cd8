using System.Globalization;
using Harness.Checks.Pacelc;
using Harness.Records;

namespace Harness.Reports.Comparing;

/// <summary>What is compared.</summary>
public enum ComparedMetric
{
    /// <summary>Points of a hundred.</summary>
    Availability,

    /// <summary>Milliseconds.</summary>
    P50,

    /// <summary>Milliseconds.</summary>
    P99,

    /// <summary>Of 1,000 reads.</summary>
    StaleReads,
}

/// <summary>How much more one has than what it is held against.</summary>
/// <param name="Experiment">What both ran, or what the first of them did.</param>
/// <param name="Name">The run, or the runs like it.</param>
/// <param name="Control">What it is held against.</param>
/// <param name="Measure">The scenario or step; null for reads as a whole.</param>
/// <param name="Phase">The phase in which the arrivals were due; <see cref="Phase.None"/> for the whole run.</param>
/// <param name="Metric">What is compared, which also says the unit of <paramref name="By"/>.</param>
/// <param name="ControlValue">As people write it.</param>
/// <param name="Value">The same.</param>
/// <param name="By">With its doubt at 95 %.</param>
/// <param name="Weight">How much of itself it changed by, to tell the great from the small: an availability by its points of a hundred over a
/// hundred, a latency by the logarithm of its ratio.</param>
public sealed record ComparedDifference(
    string Experiment, string Name, string Control, string? Measure, Phase Phase, ComparedMetric Metric, string ControlValue, string Value, Difference By, double Weight)
{
    /// <summary>Runs on both sides can prove something; where they cannot, what differs may be the generator's doing.</summary>
    public bool IsValid { get; init; } = true;

    /// <summary>Zero lies outside the bounds.</summary>
    public bool IsClear => By.IsMore || By.IsLess;

    /// <summary>Null where it is not clear.</summary>
    public bool? IsBetter => IsClear ? By.IsMore == (Metric == ComparedMetric.Availability) : null;

    /// <summary><c>+12.3 points (10.1 to 14.5)</c>.</summary>
    public string Written => Metric switch
    {
        ComparedMetric.Availability => Text(By, "points", d => d.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)),
        ComparedMetric.StaleReads => Text(By, "in 1,000", d => d.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)),
        _ => Text(By, "", d => (d < 0 ? "-" : "+") + Figures.Written.Duration(TimeSpan.FromMilliseconds(Math.Abs(d)))),
    };

    /// <summary><c>12.3 points more (10.1 to 14.5 at 95 %)</c>; only of what is clear.</summary>
    internal string InWords
    {
        get
        {
            var size = By.IsLess ? new Difference(-By.Estimate, -By.Upper, -By.Lower) : By;
            string Number(double d) => Metric is ComparedMetric.P50 or ComparedMetric.P99
                ? Figures.Written.Duration(TimeSpan.FromMilliseconds(d)) : d.ToString("0.0", CultureInfo.InvariantCulture);
            string unit = Metric switch { ComparedMetric.Availability => " points", ComparedMetric.StaleReads => " in 1,000", _ => "" };
            return $"{Number(size.Estimate)}{unit} {(By.IsLess ? "less" : "more")} ({Number(size.Lower)} to {Number(size.Upper)} at 95 %)";
        }
    }

    private static string Text(Difference by, string unit, Func<double, string> number) =>
        $"{number(by.Estimate)}{(unit.Length == 0 ? "" : " ")}{unit} ({number(by.Lower)} to {number(by.Upper)})";

    internal static IEnumerable<ComparedDifference> Between(Arm control, Arm other)
    {
        bool valid = control.Runs.Concat(other.Runs).All(run => run.Invalid.Count == 0);
        return All(control, other).Select(one => one with { IsValid = valid });
    }

    private static IEnumerable<ComparedDifference> All(Arm control, Arm other)
    {
        foreach (ComparedMeasure now in other.Measures)
        {
            if (control.Measures.FirstOrDefault(one => (one.Scenario, one.Step, one.Phase) == (now.Scenario, now.Step, now.Phase)) is not { } before)
                continue;
            yield return Of(ComparedMetric.Availability, now, PerCent(before.Available), PerCent(now.Available),
                now.Available.Minus(before.Available).Times(100), Math.Abs(now.Available.Ratio - before.Available.Ratio) * 4);
            foreach ((ComparedMetric metric, QuantileEstimate? a, QuantileEstimate? b) in new[] { (ComparedMetric.P50, now.P50, before.P50), (ComparedMetric.P99, now.P99, before.P99) })
            {
                if (a is not null && b is not null && a.Minus(b) is { } by)
                    yield return Of(metric, now, Figures.Written.Duration(b.Value), Figures.Written.Duration(a.Value), by, Math.Abs(Math.Log(a.Value / b.Value)) / 4);
            }
        }

        if (control.Stale is { } stale && other.Stale is { } staleNow)
        {
            Difference by = staleNow.Minus(stale).Times(1000);
            yield return new ComparedDifference(other.Experiment, other.Name, control.Name, null, Phase.None, ComparedMetric.StaleReads, stale.Counted, staleNow.Counted, by, Math.Abs(by.Estimate) / 250);
        }

        ComparedDifference Of(ComparedMetric metric, ComparedMeasure measure, string before, string now, Difference by, double weight) =>
            new(other.Experiment, other.Name, control.Name, measure.Name, measure.Phase, metric, before, now, by, weight);
    }

    private static string PerCent(ShareEstimate share) => Figures.Written.PerCent(share.Ratio);
}

/// <summary>Runs of the same thing, which differ in nothing but their seeds.</summary>
internal sealed record Arm(string Experiment, string Name, IReadOnlyList<ComparedRun> Runs)
{
    private readonly RunBlocks _blocks = RunBlocks.Together([.. Runs.Select(run => run.Blocks)]);
    private IReadOnlyList<ComparedMeasure>? _measures;

    public IReadOnlyList<ComparedMeasure> Measures => _measures ??= Runs.Count == 1 ? Runs[0].Measures : _blocks.Measures();

    public ShareEstimate? Stale => Runs.Count == 1 ? Runs[0].StaleReads : _blocks.Stale();
}
