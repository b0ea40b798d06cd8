using HdrHistogram;
using Harness.Load;

namespace Harness.Cli.Loading;

/// <summary>What a load has come to so far, second by second, all scenarios together. One thread at a time.</summary>
internal sealed class LoadTotals
{
    private const int SecondsKept = 60;

    private readonly Dictionary<string, long> _errors = [];
    private readonly List<double> _p50 = [];
    private readonly List<double> _p99 = [];

    public TimeSpan Elapsed { get; private set; }

    public long Asked { get; private set; }

    public long Sent { get; private set; }

    public long Ok { get; private set; }

    public long Dropped { get; private set; }

    /// <summary>In flight when the last second ended.</summary>
    public long Open { get; private set; }

    /// <summary>Arrivals that came due in the last second.</summary>
    public long LastAsked { get; private set; }

    /// <summary>By class, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Errors =>
        [.. _errors.OrderByDescending(error => error.Value).ThenBy(error => error.Key, StringComparer.Ordinal)];

    /// <summary>Of the last minute's seconds, in ms; a second in which nothing ended is 0.</summary>
    public IReadOnlyList<double> P50 => _p50;

    /// <inheritdoc cref="P50"/>
    public IReadOnlyList<double> P99 => _p99;

    public void Add(LoadInterval interval)
    {
        Elapsed = interval.Start + interval.Length;
        LastAsked = interval.Scenarios.Sum(scenario => scenario.Due);
        Asked += LastAsked;
        Sent += interval.Scenarios.Sum(scenario => scenario.Sent);
        Ok += interval.Scenarios.Sum(scenario => scenario.Ok);
        Dropped += interval.Scenarios.Sum(scenario => scenario.Dropped);
        Open = interval.Scenarios.Sum(scenario => scenario.Open);
        foreach ((string error, long count) in interval.Scenarios.SelectMany(scenario => scenario.Errors))
            _errors[error] = _errors.GetValueOrDefault(error) + count;
        var responses = new LongHistogram(TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond, 3);
        foreach (ScenarioInterval scenario in interval.Scenarios)
            responses.Add(scenario.Response);
        Keep(_p50, responses, 50);
        Keep(_p99, responses, 99);
    }

    private static void Keep(List<double> seconds, LongHistogram responses, double percentile)
    {
        seconds.Add(responses.TotalCount == 0 ? 0 : responses.GetValueAtPercentile(percentile) / 1000.0);
        if (seconds.Count > SecondsKept)
            seconds.RemoveAt(0);
    }
}
