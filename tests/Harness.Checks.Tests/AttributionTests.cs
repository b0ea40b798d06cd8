using Harness.Checks.Saga;
using Harness.Records;

namespace Harness.Checks.Tests;

public sealed class AttributionTests
{
    [Fact]
    public void Counts_violations_by_the_phase_and_the_fault_in_which_they_happened()
    {
        TestRecord record = TestRecord.Right();
        RunRecord opened = record.Open();
        PhaseWindow phase = opened.Phases.First(p => opened.Faults.Any(f => p.Start <= f.Start && f.Start < p.End));
        TimeSpan under = opened.Faults[0].Start;
        TimeSpan before = opened.Phases[0].Start;
        record.History.AddRange([
            Read("order-x", "CONFIRMED", before, 0), Read("order-x", "CANCELLED", before, 10),
            Read("order-y", "CONFIRMED", under, 0), Read("order-y", "CANCELLED", under, 10),
            Read("order-y", "PENDING", under, 20)]);
        IReadOnlyDictionary<string, double> numbers = new OrderStatesCheck().Judge(record.Open()).Numbers;

        Assert.Equal(3, numbers["violations"]);
        Assert.Equal(2, numbers[$"violations.fault.{TestRecord.Fault}"]);
        Assert.Equal(2, numbers[$"violations.phase.{phase.Phase.ToString().ToLowerInvariant()}"]);
        Assert.Equal(1, numbers[$"violations.phase.{opened.Phases[0].Phase.ToString().ToLowerInvariant()}"]);
    }

    [Fact]
    public void Dates_what_only_the_audit_shows_by_when_its_order_was_first_asked_for()
    {
        TestRecord record = TestRecord.Right();
        record.Book[7] = record.Book[7] with { Status = "CONFIRMED" };
        CheckResult found = new CompensationCompleteCheck().Judge(record.Open());

        Assert.Equal(Verdict.Fail, found.Verdict);
        Assert.Equal(found.Numbers["violations"], found.Numbers.Where(n => n.Key.StartsWith("violations.phase.", StringComparison.Ordinal)).Sum(n => n.Value));
        Assert.DoesNotContain("violations.undated", found.Numbers.Keys);
    }

    private static Operation Read(string order, string status, TimeSpan from, int milliseconds) => new(
        7, "read-order", order, status, from + TimeSpan.FromMilliseconds(milliseconds), from + TimeSpan.FromMilliseconds(milliseconds + 1), Outcome.Ok);
}
