using System.Globalization;
using Harness.Records;

namespace Harness.Chaos.Experiments;

/// <summary>Reads <c>expect:</c>.</summary>
internal sealed class ExpectationsReader(Vocabulary vocabulary, Timeline timeline, LoadedScenarios load)
{
    private static readonly Dictionary<string, decimal> Quantiles = new()
    {
        ["p50"] = 0.5m, ["p90"] = 0.9m, ["p95"] = 0.95m, ["p99"] = 0.99m, ["p99.9"] = 0.999m, ["max"] = 1m,
    };

    private static readonly string[] Kinds = ["availability", "latency", "settled", "cost", "checks"];

    public IReadOnlyList<Expectation> Read(MappingReader root)
    {
        var expectations = new List<Expectation>();
        foreach (MappingReader entry in root.Mappings("expect"))
        {
            foreach (string kind in entry.Kind("an expectation", Kinds))
                expectations.AddRange(Read(kind, entry));
        }

        return expectations;
    }

    private IEnumerable<Expectation> Read(string kind, MappingReader entry) => kind switch
    {
        "checks" => [ReadChecks(entry)],
        "availability" when entry.Mapping(kind) is { } fields => [ReadAvailability(fields)],
        "latency" when entry.Mapping(kind) is { } fields => ReadLatency(fields),
        "cost" when entry.Mapping(kind) is { } fields => [ReadCost(fields)],
        "settled" when entry.Mapping(kind) is { } fields => [ReadSettled(fields)],
        _ => [],
    };

    private ChecksExpectation ReadChecks(MappingReader entry)
    {
        IReadOnlyList<string> names = entry.Texts("checks");
        foreach (string name in names.Where(name => !vocabulary.Checks.Contains(name)))
            entry.Report("checks", $"'{name}' is not a check; {NearestName.Hint(name, vocabulary.Checks)}");
        return new ChecksExpectation(names);
    }

    private AvailabilityExpectation ReadAvailability(MappingReader fields)
    {
        (string scenario, string? step, Phase phase) = ReadWhat(fields);
        double min = fields.Required<double>("min", Units.TryRatio, Units.RatioForm);
        fields.RejectUnknownKeys();
        return new AvailabilityExpectation(scenario, step, phase, min);
    }

    private List<LatencyExpectation> ReadLatency(MappingReader fields)
    {
        (string scenario, string? step, Phase phase) = ReadWhat(fields);
        var expectations = new List<LatencyExpectation>();
        foreach ((string name, decimal quantile) in Quantiles)
        {
            if (fields.Mapping(name) is not { } limit)
                continue;
            TimeSpan max = limit.Required<TimeSpan>("max", Units.TryDuration, Units.DurationForm);
            expectations.Add(new LatencyExpectation(scenario, step, phase, quantile, max));
            limit.RejectUnknownKeys();
        }

        if (expectations.Count == 0)
            fields.Report("p99", $"no quantile is limited; it takes one or more of {string.Join(", ", Quantiles.Keys)}, such as p99: {{ max: 80ms }}");
        fields.RejectUnknownKeys();
        return expectations;
    }

    private CostExpectation ReadCost(MappingReader fields)
    {
        string scenario = load.Read(fields);
        long? bytes = null;
        TimeSpan? cpu = null;
        if (fields.Mapping("bytes") is { } ofBytes)
        {
            bytes = ofBytes.Required<long>("max", Units.TryBytes, Units.BytesForm);
            ofBytes.RejectUnknownKeys();
        }

        if (fields.Mapping("cpu") is { } ofCpu)
        {
            cpu = ofCpu.Required<TimeSpan>("max", Units.TryDuration, Units.DurationForm);
            ofCpu.RejectUnknownKeys();
        }

        if (bytes is null && cpu is null)
            fields.Report("bytes", "nothing is limited; it takes bytes: { max: 50kB }, cpu: { max: 20ms }, or both");
        fields.RejectUnknownKeys();
        return new CostExpectation(scenario, bytes, cpu);
    }

    private static SettledExpectation ReadSettled(MappingReader fields)
    {
        TimeSpan within = fields.Required<TimeSpan>("within", Units.TryDuration, Units.DurationForm);
        fields.RejectUnknownKeys();
        return new SettledExpectation(within);
    }

    private (string Scenario, string? Step, Phase Phase) ReadWhat(MappingReader fields)
    {
        string scenario = load.Read(fields);
        string? step = fields.Text("step");
        if (step is not null && vocabulary.Steps.TryGetValue(scenario, out IReadOnlyCollection<string>? steps) && !steps.Contains(step))
            fields.Report("step", $"'{step}' is not a step of {scenario}; {NearestName.Hint(step, steps)}");
        return (scenario, step, ReadPhase(fields));
    }

    private Phase ReadPhase(MappingReader fields)
    {
        string[] names = [.. timeline.UnderLoad.Select(planned => planned.Phase.ToString().ToLower(CultureInfo.InvariantCulture))];
        string name = fields.RequiredText("phase");
        if (names.Contains(name))
            return Enum.Parse<Phase>(name, ignoreCase: true);
        if (name.Length > 0)
            fields.Report("phase", $"'{name}' is no phase with load in this timeline; {NearestName.Hint(name, names)}");
        return Phase.None;
    }
}
