using Harness.Records;

namespace Harness.Checks.Expectations;

/// <summary>Judges the share of arrivals that were answered ok, of all that were due in a phase: also of those never sent.</summary>
internal static class AvailabilityJudge
{
    public static CheckResult Of(AvailabilityExpectation asked, RunRecord record)
    {
        ScenarioSample[] samples = [.. record.Series.SelectMany(s => s.Scenarios).Where(s =>
            s.Scenario == asked.Scenario && s.Step == asked.Step && s.Phase == asked.Phase)];
        long ok = samples.Sum(s => s.Ok);
        long due = asked.Step is null ? samples.Sum(s => s.Due) : samples.Sum(s => s.Ok + s.Refused + s.Unknown);
        if (due == 0)
            return ExpectationJudge.Answer(asked, Verdict.Unknown, $"Nothing of it was due in phase {asked.Phase.ToString().ToLowerInvariant()}.");

        double ratio = (double)ok / due;
        return ExpectationJudge.Answer(
            asked,
            ratio >= asked.MinRatio ? Verdict.Pass : Verdict.Fail,
            $"{ok} of {due} were answered ok: {ratio:0.####} (at least {asked.MinRatio:0.####} expected).",
            new() { ["ratio"] = ratio, ["ok"] = ok, ["due"] = due });
    }
}
