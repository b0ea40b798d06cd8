using Harness.Records;

namespace Harness.Checks.Expectations;

/// <summary>Finds the judge of each kind of expectation.</summary>
internal static class ExpectationJudge
{
    public static CheckResult Of(Expectation expectation, RunRecord record) => expectation switch
    {
        AvailabilityExpectation availability => AvailabilityJudge.Of(availability, record),
        LatencyExpectation latency => LatencyJudge.Of(latency, record),
        SettledExpectation settled => SettledJudge.Of(settled, record),
        CostExpectation cost => CostJudge.Of(cost, record),
        ThresholdExpectation threshold => ThresholdJudge.Of(threshold, record),
        _ => throw new NotSupportedException($"This build cannot judge a {expectation.GetType().Name}."),
    };

    public static CheckResult Answer(Expectation expectation, Verdict verdict, string summary, Dictionary<string, double>? numbers = null) => new()
    {
        Name = ExpectationText.Of(expectation),
        Kind = ResultKind.Expectation,
        Verdict = verdict,
        Summary = summary,
        Numbers = numbers ?? [],
    };
}
