using Harness.Checks.Saga;
using Harness.Records;

namespace Harness.Checks.Tests.Saga;

public sealed class ProjectionAgreesCheckTests
{
    private readonly TestRecord _record = TestRecord.Right();

    [Fact]
    public void Passes_what_events_and_reads_agree_on() => Assert.Equal(Verdict.Pass, Judge(new ProjectionAudit(40, 80, 0, 0, 0)).Verdict);

    [Theory]
    [InlineData(2, 0, 0, "2 orders of the events are not among those that are read.")]
    [InlineData(0, 1, 0, "1 order among those that are read is not as the events make it.")]
    [InlineData(0, 0, 3, "3 orders among those that are read are of no event.")]
    public void Fails_when_they_do_not(int missing, int different, int extra, string fact)
    {
        CheckResult found = Judge(new ProjectionAudit(40, 80, missing, different, extra));

        Assert.Equal(Verdict.Fail, found.Verdict);
        Assert.Equal(fact, Assert.Single(found.Witness!.Facts));
    }

    [Fact]
    public void Knows_nothing_of_orders_that_are_kept_as_states() => Assert.Equal(Verdict.Unknown, Judge(null).Verdict);

    private CheckResult Judge(ProjectionAudit? projection)
    {
        _record.Projection = projection;
        return new ProjectionAgreesCheck().Judge(_record.Open());
    }
}
