using Harness.Checks.Convergence;
using Harness.Records;

namespace Harness.Checks.Tests.Convergence;

/// <summary>The fault is healed at 15 s and the system is at rest at 22 s.</summary>
public sealed class ConvergenceCheckTests
{
    private static readonly Operation Written = new(900, "write", "sku-9", "2", At(10), At(11), Outcome.Ok);

    [Fact]
    public void Passes_when_agreement_was_seen_to_last()
    {
        CheckResult result = Judge(Read("1", 16), Read("2", 18), Read("2", 24));

        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.Equal((1, 7), (result.Numbers["entityMaxSeconds"], result.Numbers["systemSeconds"]));
        Assert.Equal((1, 5), (result.Numbers["divergencePeakEntities"], result.Numbers["divergenceEntitySeconds"]));
    }

    [Fact]
    public void Proves_nothing_when_reads_ended_too_soon_after_a_stale_one()
    {
        CheckResult result = Judge(Read("1", 20), Read("2", 24));

        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.Contains("phase settle", Assert.Single(result.Witness!.Facts), StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_when_the_system_did_not_come_to_rest() =>
        Assert.Equal(Verdict.Fail, Judge(Replace(EventKind.Settled, e => e with { Kind = EventKind.NotSettled }), Read("2", 24)).Verdict);

    [Fact]
    public void Proves_nothing_without_a_word_about_rest() =>
        Assert.Equal(Verdict.Unknown, Judge(r => r.Events.RemoveAll(e => e.Kind == EventKind.Settled), Read("2", 24)).Verdict);

    [Fact]
    public void Proves_nothing_when_a_fault_was_never_healed() =>
        Assert.Equal(Verdict.Unknown, Judge(r => r.Events.RemoveAll(e => e.Kind == EventKind.FaultHealed), Read("2", 24)).Verdict);

    [Fact]
    public void Proves_nothing_when_nothing_was_read_after_healing()
    {
        CheckResult result = Judge(r => r.History.RemoveAll(o => o.Kind == "read-product"), Read("1", 13));

        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.Contains("Nothing was read", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_asked_by_name_only() => Assert.False(new ConvergenceCheck().AskedByDefault);

    private static CheckResult Judge(params Operation[] reads) => Judge(_ => { }, reads);

    private static CheckResult Judge(Action<TestRecord> change, params Operation[] reads)
    {
        var record = TestRecord.Right();
        record.History.RemoveAll(o => o.Kind == "read-product");
        record.History.AddRange([Written, .. reads]);
        change(record);
        return new ConvergenceCheck().Judge(record.Open());
    }

    private static Action<TestRecord> Replace(EventKind kind, Func<TimelineEvent, TimelineEvent> by) => record =>
    {
        int place = record.Events.FindIndex(e => e.Kind == kind);
        record.Events[place] = by(record.Events[place]);
    };

    private static Operation Read(string version, int second) => new(901, "read", "sku-9", version, At(second), At(second) + TimeSpan.FromMilliseconds(5), Outcome.Ok);

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);
}
