using System.Text.Json.Serialization;

namespace Harness.Records;

/// <summary>Something the experiment's author said would hold. Judged by Harness.Checks from the record alone.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AvailabilityExpectation), "availability")]
[JsonDerivedType(typeof(LatencyExpectation), "latency")]
[JsonDerivedType(typeof(SettledExpectation), "settled")]
[JsonDerivedType(typeof(CostExpectation), "cost")]
[JsonDerivedType(typeof(ChecksExpectation), "checks")]
[JsonDerivedType(typeof(ThresholdExpectation), "threshold")]
public abstract record Expectation;

/// <summary>Of all arrivals of a scenario that were due in a phase, at least this share was answered ok.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">One step of it; null for the whole iteration.</param>
/// <param name="Phase">The phase in which the arrivals were due.</param>
/// <param name="MinRatio">A ratio in [0, 1].</param>
public sealed record AvailabilityExpectation(string Scenario, string? Step, Phase Phase, double MinRatio) : Expectation;

/// <summary>A quantile of the response time, from due to completed, stays below a limit.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">One step of it; null for the whole iteration.</param>
/// <param name="Phase">The phase in which the arrivals were due.</param>
/// <param name="Quantile">A ratio in (0, 1]; 0.99 for the 99th percentile.</param>
/// <param name="Max">The largest value that still passes.</param>
public sealed record LatencyExpectation(string Scenario, string? Step, Phase Phase, decimal Quantile, TimeSpan Max) : Expectation;

/// <summary>The system came to rest (every saga terminal, outboxes empty) soon enough after the last fault was healed and the load
/// ended.</summary>
/// <param name="Within">From the later of the last healing and the end of the load.</param>
public sealed record SettledExpectation(TimeSpan Within) : Expectation;

/// <summary>One iteration of a scenario costs no more than this, on average over the run.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="BytesMax">On the wire, over all edges and both ways; null for any.</param>
/// <param name="CpuMax">Of all services together; null for any.</param>
public sealed record CostExpectation(string Scenario, double? BytesMax, TimeSpan? CpuMax) : Expectation;

/// <summary>A limit that the load engine itself looked at, the last time over the whole run; what it found stands in the events, as
/// <see cref="EventKind.ThresholdJudged"/>.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">One step of it; null for the whole iteration.</param>
/// <param name="Check">As it was written, <c>p99 &lt; 80ms</c>.</param>
public sealed record ThresholdExpectation(string Scenario, string? Step, string Check) : Expectation
{
    /// <summary>How the event of the threshold names it: <c>checkout/place: p99 &lt; 80ms</c>.</summary>
    public string Subject => $"{Scenario}{(Step is null ? "" : "/" + Step)}: {Check}";
}

/// <summary>These checks hold.</summary>
/// <param name="Names">Names of checks, <c>money-conserved</c>; empty when none is to be asked.</param>
public sealed record ChecksExpectation(IReadOnlyList<string> Names) : Expectation;
