using Harness.Target.Orders.Sagas;

namespace Harness.Target.Tests.Orders.Sagas;

public sealed class SagaMoveTests
{
    [Theory]
    [InlineData(SagaStep.Charging, true, SagaStep.Reserving, null)]
    [InlineData(SagaStep.Charging, false, SagaStep.Ended, "CANCELLED")]
    [InlineData(SagaStep.Reserving, true, SagaStep.Selling, null)]
    [InlineData(SagaStep.Reserving, false, SagaStep.Refunding, "CANCELLED")]
    [InlineData(SagaStep.Selling, true, SagaStep.Ended, "CONFIRMED")]
    [InlineData(SagaStep.Releasing, true, SagaStep.Refunding, null)]
    [InlineData(SagaStep.Refunding, true, SagaStep.Ended, null)]
    public void Leads_from_a_step_that_is_done_to_the_next(SagaStep step, bool succeeded, SagaStep to, string? status) =>
        Assert.Equal(new SagaMove(to, status), SagaMove.After(step, succeeded));

    [Theory]
    [InlineData(SagaStep.Selling)]
    [InlineData(SagaStep.Releasing)]
    [InlineData(SagaStep.Refunding)]
    public void Knows_no_refusal_of_what_cannot_be_refused(SagaStep step) => Assert.Throws<InvalidOperationException>(() => SagaMove.After(step, succeeded: false));

    [Fact]
    public void Gives_up_before_the_sale_only_and_undoes_the_last_step_first()
    {
        Assert.Equal(new SagaMove(SagaStep.Refunding, "CANCELLED"), SagaMove.WhenLate(SagaStep.Charging));
        Assert.Equal(new SagaMove(SagaStep.Releasing, "CANCELLED"), SagaMove.WhenLate(SagaStep.Reserving));
        Assert.All([SagaStep.Selling, SagaStep.Releasing, SagaStep.Refunding], step => Assert.Null(SagaMove.WhenLate(step)));
    }
}
