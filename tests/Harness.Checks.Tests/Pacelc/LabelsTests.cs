using Harness.Checks.Pacelc;
using Harness.Records;
using static Harness.Checks.Tests.Pacelc.HandMade;

namespace Harness.Checks.Tests.Pacelc;

/// <summary>What a mode is called, by pairs of hand-made records of which the answer is plain.</summary>
public sealed class LabelsTests
{
    private static readonly string[] Everybody = ["orders", "payments", "inventory"];

    [Fact]
    public void Calls_a_mode_that_refuses_and_is_never_stale_PC()
    {
        ModeLabel label = Label(Load(okInPartition: 60, staleInPartition: 0));

        Assert.Equal((Choice.Consistency, "PC/EC"), (label.UnderPartition, label.Text));
        Assert.Contains("Writes at orders fell from 100.0% to 60.0%", label.PartitionWhy, StringComparison.Ordinal);
        Assert.Contains("stale reads: 0 of 1500, < 3/1500 at 95 %", label.PartitionWhy, StringComparison.Ordinal);
        Assert.Empty(label.Defects);
    }

    [Fact]
    public void Calls_a_mode_that_answers_and_is_stale_PA() => Assert.Equal(Choice.Availability, Label(Load(100, staleInPartition: 5)).UnderPartition);

    [Fact]
    public void Says_that_a_cut_forced_no_choice() => Assert.Equal("PA+PC/EC", Label(Load(100, 0)).Text);

    [Fact]
    public void Calls_a_mode_that_refuses_and_is_stale_neither()
    {
        ModeLabel label = Label(Load(okInPartition: 60, staleInPartition: 5));

        Assert.Equal("neither/EC", label.Text);
        Assert.Contains("Neither available nor consistent", Assert.Single(label.Defects), StringComparison.Ordinal);
    }

    [Fact]
    public void Blames_no_cut_for_what_was_as_bad_before_it() =>
        Assert.Equal(Choice.Undecided, Label(Load(okInPartition: 60, staleInPartition: 5, staleInNormal: 20)).UnderPartition);

    [Fact]
    public void Asks_only_the_majority_side_for_fresh_reads() =>
        Assert.Equal(Choice.Consistency, Labels.Of(Score("m", Load(60, 5)), [], ["orders"]).UnderPartition);

    [Fact]
    public void Calls_a_mode_with_broken_books_a_defect_whatever_it_chose()
    {
        PacelcRun run = Load(100, 0) with
        {
            Invariants = [new CheckResult { Name = "money-conserved", Kind = ResultKind.Check, Verdict = Verdict.Fail, Summary = "12 cents came from nowhere." }],
        };

        ModeLabel label = Label(run);
        Assert.Equal(Choice.Availability, label.UnderPartition);
        Assert.Equal("money-conserved is broken, which no trade-off excuses: 12 cents came from nowhere.", Assert.Single(label.Defects));
        Assert.Equal(Choice.Neither, Label(run with { History = Load(60, 0).History }).UnderPartition);
    }

    [Fact]
    public void Calls_a_mode_EL_only_when_it_is_surely_faster_for_being_stale()
    {
        ModeScore fast = Score("fast", Load(100, 0, staleInNormal: 1, readTook: 0.001)), slow = Score("slow", Load(100, 0, readTook: 0.005));

        Assert.Equal(Choice.Latency, Labels.Of(fast, [slow], Everybody).Else);
        Assert.Equal(Choice.Consistency, Labels.Of(slow, [fast], Everybody).Else);
        Assert.Equal(Choice.Undecided, Labels.Of(fast, [fast], Everybody).Else);
    }

    [Fact]
    public void Calls_a_mode_that_is_stale_and_slower_neither()
    {
        ModeScore fast = Score("fast", Load(100, 0, readTook: 0.001)), slow = Score("slow", Load(100, 0, staleInNormal: 1, readTook: 0.005));

        ModeLabel label = Labels.Of(slow, [fast], Everybody);
        Assert.Equal(Choice.Neither, label.Else);
        Assert.Contains("Neither fast nor consistent", Assert.Single(label.Defects), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_nothing_that_a_run_does_not_prove()
    {
        ModeLabel label = Label(Load(60, 5) with { Invalid = ["generator-kept-up: It did not."] });

        Assert.Equal("P?/E?", label.Text);
        Assert.Contains("generator-kept-up", label.PartitionWhy, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_nothing_of_which_too_little_was_asked() => Assert.Equal("P?/E?", Label(Run(Place("k", 5), Place("l", 15))).Text);

    private static ModeLabel Label(PacelcRun run) => Labels.Of(Score("m", run), [], Everybody);
}
