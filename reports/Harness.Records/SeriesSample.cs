namespace Harness.Records;

/// <summary>A line of <c>series.jsonl</c>: one second of the run, all counts being of that second alone.</summary>
public sealed record SeriesSample
{
    /// <summary>The end of the second, since the start of the run.</summary>
    public required TimeSpan At { get; init; }

    public IReadOnlyList<ScenarioSample> Scenarios { get; init; } = [];

    /// <summary>What each service said of itself, by service.</summary>
    public IReadOnlyDictionary<string, ServiceSample> Services { get; init; } = new Dictionary<string, ServiceSample>();

    public GeneratorSample? Generator { get; init; }
}

/// <summary>What came, in this second, of the arrivals of one scenario that were due in one phase. Over all samples, for each scenario
/// and phase, <c>Due = Ok + Refused + Unknown + Dropped</c> + the last <c>Open</c>, exactly.</summary>
public sealed record ScenarioSample
{
    public required string Scenario { get; init; }

    /// <summary>One step of the scenario; null for the whole iteration. A step has no <see cref="Due"/> and is not dropped.</summary>
    public string? Step { get; init; }

    /// <summary>The phase in which the arrivals were due, which is not always the phase of this second.</summary>
    public required Phase Phase { get; init; }

    /// <summary>Arrivals whose moment came.</summary>
    public long Due { get; init; }

    /// <summary>Iterations that were started.</summary>
    public long Sent { get; init; }

    public long Ok { get; init; }

    public long Refused { get; init; }

    public long Unknown { get; init; }

    /// <summary>Arrivals that the generator could not start because too many were open.</summary>
    public long Dropped { get; init; }

    /// <summary>Iterations still running at the end of the second (a level, not a count).</summary>
    public long Open { get; init; }

    /// <summary>Operations that were not ok, by class: <c>timeout</c>, <c>connection-refused</c>, <c>http-503</c>.</summary>
    public IReadOnlyDictionary<string, long> Errors { get; init; } = new Dictionary<string, long>();
}

/// <summary>A service's own account of one second.</summary>
/// <param name="CpuRatio">Processor time over real time; 1 is one core. Null when it could not be read.</param>
/// <param name="MemoryBytes">Resident memory.</param>
/// <param name="Metrics">Its metrics as published, by name and labels; counters are running totals.</param>
public sealed record ServiceSample(double? CpuRatio, long? MemoryBytes, IReadOnlyDictionary<string, double> Metrics);

/// <summary>The generator's account of itself in one second.</summary>
public sealed record GeneratorSample(double CpuRatio, long MemoryBytes, TimeSpan GcPause);
