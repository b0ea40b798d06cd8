using Harness.Records;

namespace Harness.Checks.Expectations;

/// <summary>Judges how long the system took to come to rest, from the later of the last healing and the end of the load.</summary>
internal static class SettledJudge
{
    public static CheckResult Of(SettledExpectation asked, RunRecord record)
    {
        if (record.Faults.Any(fault => fault.End is null))
            return ExpectationJudge.Answer(asked, Verdict.Unknown, "A fault was never healed, so there is no moment to count from.");

        TimeSpan from = record.Faults.Select(fault => fault.End!.Value)
            .Concat(record.Phases.Where(p => p.Phase is not Phase.Settle and not Phase.None).Select(p => p.End))
            .DefaultIfEmpty(TimeSpan.Zero).Max();
        string limit = ExpectationText.Duration(asked.Within);
        if (record.Events.LastOrDefault(e => e.Kind is EventKind.Settled or EventKind.NotSettled) is not { } last)
            return ExpectationJudge.Answer(asked, Verdict.Unknown, "The record does not say whether the system came to rest.");

        // At rest already when the load ended is a pass, not a negative time.
        TimeSpan took = last.At > from ? last.At - from : TimeSpan.Zero;
        var numbers = new Dictionary<string, double> { ["seconds"] = took.TotalSeconds };
        if (last.Kind == EventKind.NotSettled)
        {
            return took < asked.Within
                ? ExpectationJudge.Answer(asked, Verdict.Unknown, $"It was given only {took.TotalSeconds:0.0} s of {limit} to come to rest.", numbers)
                : ExpectationJudge.Answer(asked, Verdict.Fail, $"It had not come to rest after {took.TotalSeconds:0.0} s (within {limit} expected).", numbers);
        }

        return ExpectationJudge.Answer(
            asked, took <= asked.Within ? Verdict.Pass : Verdict.Fail, $"It came to rest after {took.TotalSeconds:0.0} s (within {limit} expected).", numbers);
    }
}
