using System.Diagnostics.Metrics;
using HdrHistogram;

namespace Harness.Load.Reporting;

/// <summary>Tells a load's seconds to whatever listens to .NET's metrics (OpenTelemetry above all), under the meter <see cref="Name"/>.</summary>
/// <remarks>Counters of arrivals and outcomes, levels of what is open, and the quantiles of the last second in seconds: a histogram of
/// histograms would lose the digits that the recorded one has.</remarks>
public sealed class LoadMeter : ILoadObserver, IDisposable
{
    /// <summary>What the meter is called.</summary>
    public const string Name = "Harness.Load";

    private static readonly double[] Percentiles = [50, 90, 99, 99.9];

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _arrivals;
    private readonly Counter<long> _iterations;
    private readonly Counter<long> _errors;
    private readonly Gauge<long> _open;
    private readonly Gauge<double> _response;

    public LoadMeter()
    {
        _arrivals = _meter.CreateCounter<long>("harness.load.arrivals", "{arrival}", "Arrivals that came due, by whether they were sent or dropped.");
        _iterations = _meter.CreateCounter<long>("harness.load.iterations", "{iteration}", "Iterations and steps that ended, by outcome.");
        _errors = _meter.CreateCounter<long>("harness.load.errors", "{iteration}", "Iterations that were not ok, by class.");
        _open = _meter.CreateGauge<long>("harness.load.open", "{iteration}", "Arrivals neither dropped nor ended.");
        _response = _meter.CreateGauge<double>("harness.load.response", "s", "A quantile of the last second's response times, from due to ended.");
    }

    public void OnInterval(LoadInterval interval)
    {
        foreach (ScenarioInterval scenario in interval.Scenarios)
        {
            KeyValuePair<string, object?> name = new("scenario", scenario.Scenario);
            _arrivals.Add(scenario.Due - scenario.Dropped, name, new("fate", "sent"));
            _arrivals.Add(scenario.Dropped, name, new("fate", "dropped"));
            Count(scenario.Ok, scenario.Refused, scenario.Unknown, name, new("step", ""));
            foreach (StepInterval step in scenario.Steps)
                Count(step.Ok, step.Refused, step.Unknown, name, new("step", step.Step));
            foreach ((string error, long count) in scenario.Errors)
                _errors.Add(count, name, new("error", error));
            _open.Record(scenario.Open, name);
            TellResponse(scenario.Response, name);
        }
    }

    public void Dispose() => _meter.Dispose();

    private void Count(long ok, long refused, long unknown, KeyValuePair<string, object?> scenario, KeyValuePair<string, object?> step)
    {
        _iterations.Add(ok, scenario, step, new("outcome", "ok"));
        _iterations.Add(refused, scenario, step, new("outcome", "refused"));
        _iterations.Add(unknown, scenario, step, new("outcome", "unknown"));
    }

    private void TellResponse(HistogramBase microseconds, KeyValuePair<string, object?> scenario)
    {
        if (microseconds.TotalCount == 0)
            return;
        foreach (double percentile in Percentiles)
            _response.Record(microseconds.GetValueAtPercentile(percentile) / 1e6, scenario, new("quantile", percentile / 100));
    }
}
