using Harness.Load.Recording;
using HdrHistogram;

namespace Harness.Load;

/// <summary>Is told once a second, and once more at the end, what happened since it was last told.</summary>
public interface ILoadObserver
{
    /// <summary>Called once, before the first arrival is due.</summary>
    /// <param name="timestamp">The load's zero, as the run's <see cref="TimeProvider.GetTimestamp"/> has it.</param>
    void OnStarted(long timestamp)
    {
    }

    /// <summary>Called on a thread of its own, one call at a time; intervals are disjoint and leave nothing out. An exception ends the run.</summary>
    void OnInterval(LoadInterval interval);
}

/// <summary>What happened within about a second. Immutable: it may be kept.</summary>
public sealed class LoadInterval
{
    /// <summary>Where the interval starts, as the run's <see cref="TimeProvider.GetTimestamp"/> has it.</summary>
    public required long StartTimestamp { get; init; }

    /// <summary>Where the interval starts, since the load's start.</summary>
    public required TimeSpan Start { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>One for each scenario and phase in which something happened or is still open, and each scenario's present phase.</summary>
    public required IReadOnlyList<ScenarioInterval> Scenarios { get; init; }
}

/// <summary>What came of the arrivals of one scenario that were due in one phase; within an interval, or within a whole run.</summary>
/// <remarks>Over a run <c>Due = Ok + Refused + Unknown + Dropped + Open</c>, exactly. Histograms have 3 digits, from 1 µs to 1 h; do not write to them.</remarks>
public sealed class ScenarioInterval
{
    public required string Scenario { get; init; }

    /// <summary>The phase in which the arrivals were due; empty without phases, and for a total over all of them.</summary>
    public required string Phase { get; init; }

    /// <summary>Arrivals whose moment came.</summary>
    public long Due { get; init; }

    /// <summary>Iterations that were started.</summary>
    public long Sent { get; init; }

    public long Ok { get; init; }

    public long Refused { get; init; }

    public long Unknown { get; init; }

    /// <summary>Arrivals that were not started because too many iterations were open.</summary>
    public long Dropped { get; init; }

    /// <summary>Arrivals neither dropped nor ended when the interval ended (a level, not a count).</summary>
    public long Open { get; init; }

    /// <summary>Iterations that were not ok, by class.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>From due to ended, in microseconds: what someone who came on schedule waited, a lagging generator included.</summary>
    public HistogramBase Response => field ??= HistogramPool.Sum(OkResponse, FailedResponse);

    /// <summary>The part of <see cref="Response"/> that ended ok.</summary>
    public required HistogramBase OkResponse { get; init; }

    /// <summary>The part of <see cref="Response"/> that was refused or ended unknown.</summary>
    public required HistogramBase FailedResponse { get; init; }

    /// <summary>From started to ended, in microseconds: what the iteration itself took.</summary>
    public required HistogramBase Service { get; init; }

    /// <summary>From due to started, in microseconds: the generator's own delay.</summary>
    public required HistogramBase Lateness { get; init; }

    public required IReadOnlyList<StepInterval> Steps { get; init; }
}

/// <summary>What came of one step of a scenario.</summary>
public sealed class StepInterval
{
    public required string Step { get; init; }

    public long Ok { get; init; }

    public long Refused { get; init; }

    public long Unknown { get; init; }

    /// <summary>Runs of the step that were not ok, by class.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>From the step's start to its end, in microseconds.</summary>
    public HistogramBase Latency => field ??= HistogramPool.Sum(OkLatency, FailedLatency);

    /// <summary>The part of <see cref="Latency"/> that ended ok.</summary>
    public required HistogramBase OkLatency { get; init; }

    /// <summary>The part of <see cref="Latency"/> that was refused or ended unknown.</summary>
    public required HistogramBase FailedLatency { get; init; }
}
