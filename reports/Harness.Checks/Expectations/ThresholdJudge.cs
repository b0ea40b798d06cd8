using Harness.Records;

namespace Harness.Checks.Expectations;

/// <summary>Reads what the load engine found when it last looked at a threshold.</summary>
internal static class ThresholdJudge
{
    public static CheckResult Of(ThresholdExpectation asked, RunRecord record)
    {
        TimelineEvent? judged = record.Events.LastOrDefault(e => e.Kind == EventKind.ThresholdJudged && e.Subject == asked.Subject);
        if (judged?.Numbers is not { } numbers || !numbers.TryGetValue("held", out double held))
            return ExpectationJudge.Answer(asked, Verdict.Unknown, "The record does not say whether it held.");
        return ExpectationJudge.Answer(asked, held > 0 ? Verdict.Pass : Verdict.Fail, judged.Detail ?? "", new(numbers));
    }
}
