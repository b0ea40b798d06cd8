using HdrHistogram;

namespace Harness.Load;

/// <summary>What came of a scenario, in NBomber's words: a fail is what was refused or ended unknown. Times in ms, over the whole run.</summary>
public sealed record ScenarioStats
{
    public required string ScenarioName { get; init; }

    public required MeasurementStats Ok { get; init; }

    public required MeasurementStats Fail { get; init; }

    public required IReadOnlyList<StepStats> StepStats { get; init; }

    /// <summary>Since the load's start.</summary>
    public required TimeSpan Duration { get; init; }

    public long AllRequestCount => Ok.Request.Count + Fail.Request.Count;

    /// <param name="total">Over all phases.</param>
    /// <param name="duration">The real time that it took, which rates are taken over.</param>
    public static ScenarioStats Of(ScenarioInterval total, TimeSpan duration)
    {
        long failed = total.Refused + total.Unknown;
        return new ScenarioStats
        {
            ScenarioName = total.Scenario,
            Ok = MeasurementStats.Of(total.Ok, failed, total.OkResponse, duration),
            Fail = MeasurementStats.Of(failed, total.Ok, total.FailedResponse, duration),
            StepStats = [.. total.Steps.Select(step => Load.StepStats.Of(step, duration))],
            Duration = duration,
        };
    }
}

/// <summary>What came of a step.</summary>
public sealed record StepStats
{
    public required string StepName { get; init; }

    public required MeasurementStats Ok { get; init; }

    public required MeasurementStats Fail { get; init; }

    internal static StepStats Of(StepInterval step, TimeSpan duration)
    {
        long failed = step.Refused + step.Unknown;
        return new StepStats
        {
            StepName = step.Step,
            Ok = MeasurementStats.Of(step.Ok, failed, step.OkLatency, duration),
            Fail = MeasurementStats.Of(failed, step.Ok, step.FailedLatency, duration),
        };
    }
}

/// <summary>One half of the ended iterations, ok or fail.</summary>
public sealed record MeasurementStats(RequestStats Request, LatencyStats Latency)
{
    internal static MeasurementStats Of(long count, long others, HistogramBase microseconds, TimeSpan duration) =>
        new(RequestStats.Of(count, others, duration), LatencyStats.Of(microseconds));
}

/// <param name="Count">How many.</param>
/// <param name="RPS">A second of real time.</param>
/// <param name="Percent">Of all that ended, from 0 to 100; not rounded, so that a threshold of 0.5 means half a per cent.</param>
public sealed record RequestStats(long Count, double RPS, double Percent)
{
    internal static RequestStats Of(long count, long others, TimeSpan duration) => new(
        count,
        duration > TimeSpan.Zero ? count / duration.TotalSeconds : 0,
        count + others > 0 ? 100.0 * count / (count + others) : 0);
}

/// <summary>From due to ended, for a step from started to ended; in ms, all 0 when nothing was measured.</summary>
public sealed record LatencyStats(
    double MinMs, double MeanMs, double MaxMs, double Percent50, double Percent75, double Percent95, double Percent99, double StdDev)
{
    public double Percent90 { get; init; }

    public double Percent999 { get; init; }

    public double Percent9999 { get; init; }

    private const double MicrosecondsPerMs = 1000;

    internal static LatencyStats Of(HistogramBase microseconds)
    {
        if (microseconds.TotalCount == 0)
            return new LatencyStats(0, 0, 0, 0, 0, 0, 0, 0);
        double At(double percentile) => microseconds.GetValueAtPercentile(percentile) / MicrosecondsPerMs;
        return new LatencyStats(
            At(0),
            microseconds.GetMean() / MicrosecondsPerMs,
            At(100),
            At(50),
            At(75),
            At(95),
            At(99),
            microseconds.GetStdDeviation() / MicrosecondsPerMs)
        {
            Percent90 = At(90),
            Percent999 = At(99.9),
            Percent9999 = At(99.99),
        };
    }
}
