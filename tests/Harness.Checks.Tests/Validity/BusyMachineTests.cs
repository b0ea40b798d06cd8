using Harness.Records;

namespace Harness.Checks.Tests.Validity;

/// <summary>A limit that was missed while others had the processors blames nobody; data that is wrong is wrong on any machine.</summary>
public sealed class BusyMachineTests
{
    [Theory]
    [InlineData(0.2, "embedded", Verdict.Fail)]
    [InlineData(0.6, "embedded", Verdict.Unknown)]
    [InlineData(0.6, "docker", Verdict.Fail)]
    public void Makes_a_limit_that_was_missed_unknown_and_only_where_it_can_tell(double others, string environment, Verdict expected)
    {
        TestRecord record = Busy(others, environment);
        record.Expect.Add(new AvailabilityExpectation("checkout", null, Phase.Fault, 0.999));

        CheckResult missed = Judge.Of(record.Open()).Results.Single(result => result.Name.StartsWith("availability", StringComparison.Ordinal));

        Assert.Equal(expected, missed.Verdict);
        Assert.Equal(expected == Verdict.Unknown, missed.Summary.Contains("Other programs had 60 % of this machine's processors meanwhile", StringComparison.Ordinal));
    }

    [Fact]
    public void Leaves_a_limit_that_held_and_data_that_is_wrong_as_they_are()
    {
        TestRecord record = Busy(0.6, "embedded");
        record.Expect.Add(new AvailabilityExpectation("checkout", null, Phase.Fault, 0.5));
        record.Ledger.RemoveAt(0);

        RunVerdict verdict = Judge.Of(record.Open());

        Assert.Equal(Verdict.Pass, verdict.Results.Single(result => result.Name.StartsWith("availability", StringComparison.Ordinal)).Verdict);
        Assert.Equal(Verdict.Fail, verdict.Results.Single(result => result.Name == "money-conserved").Verdict);
        Assert.Equal(Verdict.Fail, verdict.Verdict);
    }

    private static TestRecord Busy(double others, string environment)
    {
        TestRecord record = TestRecord.Right();
        record.Environment = environment;
        int ended = record.Events.FindIndex(happened => happened is { Kind: EventKind.PhaseEnded, Subject: "fault" });
        record.Events[ended] = record.Events[ended] with { Numbers = new Dictionary<string, double> { ["othersCpuRatio"] = others } };
        return record;
    }
}
