using HdrHistogram;
using Harness.Records;

namespace Harness.Checks.Expectations;

/// <summary>Judges a quantile of the response times of the arrivals that were due in a phase.</summary>
internal static class LatencyJudge
{
    public static CheckResult Of(LatencyExpectation asked, RunRecord record)
    {
        string measure = asked.Step is null ? LatencyTag.Response : LatencyTag.ForStep(asked.Phase, asked.Scenario, asked.Step).Measure;
        HistogramBase latency = record.LatencyBy(asked.Phase, asked.Scenario, measure);
        if (latency.TotalCount == 0)
            return ExpectationJudge.Answer(asked, Verdict.Unknown, $"Nothing of it was measured in phase {asked.Phase.ToString().ToLowerInvariant()}.");

        TimeSpan value = TimeSpan.FromMicroseconds(latency.AtQuantile(asked.Quantile));
        string percentile = ExpectationText.Percentile(asked.Quantile);
        return ExpectationJudge.Answer(
            asked,
            value <= asked.Max ? Verdict.Pass : Verdict.Fail,
            $"{percentile} of {latency.TotalCount} was {ExpectationText.Duration(value)} (at most {ExpectationText.Duration(asked.Max)} expected).",
            new() { [$"{percentile}Microseconds"] = value.TotalMicroseconds, ["count"] = latency.TotalCount });
    }
}
