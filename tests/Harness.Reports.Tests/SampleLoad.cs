using Harness.Records;
using HdrHistogram;

namespace Harness.Reports.Tests;

/// <summary>Makes up seconds of load: checkout slows down and partly fails during the fault, browse hardly notices.</summary>
internal sealed class SampleLoad(int seed)
{
    private readonly Random _random = new(seed);
    private double _charges;

    public List<SeriesSample> Series { get; } = [];

    public List<LatencyInterval> Latency { get; } = [];

    public void Add(int second, Phase phase)
    {
        bool loaded = phase != Phase.Settle;
        bool broken = phase == Phase.Fault;
        Series.Add(new SeriesSample
        {
            At = TimeSpan.FromSeconds(second),
            Scenarios = loaded ? [Checkout(phase, broken, second), Step(phase), Browse(phase)] : [],
            Services = new Dictionary<string, ServiceSample>
            {
                ["orders"] = Service(0.35, 91, ("outbox_unpublished", broken ? _random.Next(3, 9) : _random.Next(0, 2))),
                ["payments"] = Service(broken ? 0.04 : 0.22, 84, ("charges_total", _charges += broken ? 0 : 38 + _random.Next(5))),
                ["inventory"] = Service(0.28, 88, ("cache_hits_total{cache=\"products\"}", second * 190.0 + _random.Next(12))),
            },
            Generator = new GeneratorSample(0.2 + _random.NextDouble() * 0.1, 120 << 20, TimeSpan.FromMilliseconds(_random.Next(0, 6))),
        });
        if (loaded)
            AddLatency(second, phase, broken);
    }

    private ScenarioSample Checkout(Phase phase, bool broken, int second)
    {
        int due = 34 + _random.Next(13);
        int unknown = broken ? _random.Next(0, 3) : 0;
        int refused = broken ? _random.Next(0, 5) : 0;
        return new ScenarioSample
        {
            Scenario = "checkout", Phase = phase, Due = due, Sent = due, Ok = due - unknown - refused, Unknown = unknown, Refused = refused,
            // Nothing is open at the end of a phase: the counts of each must add up.
            Open = second is 5 or 15 or 30 or 45 ? 0 : (broken ? 14 : 1) + _random.Next(6),
            Errors = new Dictionary<string, long> { ["timeout"] = unknown, ["http-503"] = refused },
        };
    }

    private static ScenarioSample Step(Phase phase) =>
        new() { Scenario = "checkout", Step = "place", Phase = phase, Sent = 40, Ok = 40 };

    private static ScenarioSample Browse(Phase phase) => new() { Scenario = "browse", Phase = phase, Due = 200, Sent = 200, Ok = 200 };

    private ServiceSample Service(double cpu, int mebibytes, (string Name, double Value) metric) => new(
        cpu * (0.85 + _random.NextDouble() * 0.3), (mebibytes + _random.Next(4)) << 20, new Dictionary<string, double> { [metric.Name] = metric.Value });

    private void AddLatency(int second, Phase phase, bool broken)
    {
        Add(second, new LatencyTag(phase, "checkout", LatencyTag.Response), count: 40, typical: broken ? 420_000 : 38_000, spread: 0.5);
        Add(second, LatencyTag.ForStep(phase, "checkout", "place"), count: 40, typical: broken ? 12_000 : 7_000, spread: 0.4);
        Add(second, new LatencyTag(phase, "browse", LatencyTag.Response), count: 200, typical: 2_100, spread: 0.6);
        Add(second, new LatencyTag(phase, "browse", LatencyTag.Lateness), count: 200, typical: 240, spread: 0.8);
    }

    // Log-normal, as latencies are.
    private void Add(int second, LatencyTag tag, int count, double typical, double spread)
    {
        LongHistogram histogram = SampleRun.Histogram();
        for (int i = 0; i < count; i++)
            histogram.RecordValue((long)(typical * Math.Exp(spread * Normal())));
        Latency.Add(new LatencyInterval(tag, TimeSpan.FromSeconds(second - 1), TimeSpan.FromSeconds(1), histogram));
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
