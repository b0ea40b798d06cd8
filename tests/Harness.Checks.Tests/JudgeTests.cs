using Harness.Records;

namespace Harness.Checks.Tests;

public sealed class JudgeTests
{
    private static readonly LatencyTag Lateness = new(Phase.Fault, "checkout", LatencyTag.Lateness);
    private readonly TestRecord _record = TestRecord.Right();

    [Fact]
    public void Passes_a_run_in_which_all_went_well_and_asked_every_check_there_is_by_default()
    {
        RunVerdict verdict = Judge.Of(_record.Open());

        Assert.Equal(Verdict.Pass, verdict.Verdict);
        string[] byDefault = [.. Judge.All.Where(c => c.AskedByDefault).Select(c => c.Name)];
        Assert.Equal($"Passed: {byDefault.Length} checks and 0 expectations held.", verdict.Sentence);
        Assert.Equal(byDefault, verdict.Results.Where(r => r.Kind == ResultKind.Check).Select(r => r.Name));
    }

    [Fact]
    public void Asks_only_the_checks_that_were_named()
    {
        _record.Expect.Add(new ChecksExpectation(["settled", "no-oversell"]));

        Assert.Equal(["settled", "no-oversell"], Judge.Of(_record.Open()).Results.Where(r => r.Kind == ResultKind.Check).Select(r => r.Name));
    }

    [Fact]
    public void Does_not_know_a_check_that_does_not_exist()
    {
        _record.Expect.Add(new ChecksExpectation(["money-conservd"]));
        RunVerdict verdict = Judge.Of(_record.Open());

        Assert.Equal(Verdict.Unknown, verdict.Verdict);
        Assert.Contains("money-conserved", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_on_a_failed_check_and_says_why()
    {
        BreakACheck();
        RunVerdict verdict = Judge.Of(_record.Open());

        Assert.Equal(Verdict.Fail, verdict.Verdict);
        Assert.StartsWith("Failed: settled: 1 violation: Payments gave up on 3 messages.", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_on_a_failed_check_even_when_the_generator_was_late()
    {
        BreakACheck();
        MakeGeneratorLate();

        Assert.Equal(Verdict.Fail, Judge.Of(_record.Open()).Verdict);
    }

    [Fact]
    public void Fails_on_an_expectation_that_was_missed()
    {
        ExpectTooMuch();
        RunVerdict verdict = Judge.Of(_record.Open());

        Assert.Equal(Verdict.Fail, verdict.Verdict);
        Assert.Equal(
            "Failed: availability: { scenario: checkout, phase: fault, min: 0.99 }: 98 of 100 were answered ok: 0.98 (at least 0.99 expected).",
            verdict.Sentence);
    }

    [Fact]
    public void Holds_no_expectation_against_the_target_when_the_generator_was_late()
    {
        ExpectTooMuch();
        MakeGeneratorLate();
        RunVerdict verdict = Judge.Of(_record.Open());

        Assert.Equal(Verdict.Unknown, verdict.Verdict);
        Assert.StartsWith("Nothing was proven: generator-kept-up: Of 300 arrivals, 99 % were sent within 6", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(Verdict.Unknown, verdict.Results.Single(r => r.Kind == ResultKind.Expectation).Verdict);
    }

    [Fact]
    public void Is_unknown_when_a_fault_touched_nothing()
    {
        _record.Events.RemoveAll(e => e.Kind == EventKind.FaultEvidence);
        RunVerdict verdict = Judge.Of(_record.Open());

        Assert.Equal(Verdict.Unknown, verdict.Verdict);
        Assert.Contains("fault-observed: payments-cut: Nothing was reported", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_unknown_when_a_question_stays_open()
    {
        _record.Expect.Add(new AvailabilityExpectation("no-such-scenario", null, Phase.Fault, 0.5));

        Assert.Equal(Verdict.Unknown, Judge.Of(_record.Open()).Verdict);
    }

    [Fact]
    public void Passes_what_fails_as_its_author_predicted_and_says_by_what()
    {
        ExpectTooMuch();
        _record.Predicted = new Prediction(["availability"], "It hopes.");
        RunVerdict verdict = Judge.Of(_record.Open());

        Assert.Equal(Verdict.Pass, verdict.Verdict);
        Assert.StartsWith("Failed as predicted: availability: { scenario: checkout, phase: fault, min: 0.99 }: 98 of 100 were answered ok", verdict.Sentence, StringComparison.Ordinal);
        Assert.True(Assert.Single(verdict.Results, result => result.FailedAsPredicted).Verdict == Verdict.Pass);
    }

    [Fact]
    public void Fails_what_holds_against_its_authors_prediction()
    {
        _record.Expect.Add(new AvailabilityExpectation("checkout", null, Phase.Fault, 0.5));
        _record.Predicted = new Prediction(["availability"], null);
        RunVerdict verdict = Judge.Of(_record.Open());

        Assert.Equal(Verdict.Fail, verdict.Verdict);
        Assert.StartsWith("Failed: fails: availability: It was predicted to fail, and held: 98 of 100", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_on_what_nobody_predicted_whatever_else_was()
    {
        BreakACheck();
        ExpectTooMuch();
        _record.Predicted = new Prediction(["availability"], null);

        Assert.StartsWith("Failed: settled:", Judge.Of(_record.Open()).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Proves_nothing_by_a_prediction_when_the_generator_was_late()
    {
        ExpectTooMuch();
        MakeGeneratorLate();
        _record.Predicted = new Prediction(["availability"], null);

        Assert.Equal(Verdict.Unknown, Judge.Of(_record.Open()).Verdict);
    }

    private void BreakACheck() => _record.Buses["payments"] = new BusAudit(0, 0, 3);

    private void ExpectTooMuch() => _record.Expect.Add(new AvailabilityExpectation("checkout", null, Phase.Fault, 0.99));

    private void MakeGeneratorLate() => _record.Latency.Add(TimelineOfTheRun.Interval(Lateness, Enumerable.Repeat(60.0, 10)));
}
