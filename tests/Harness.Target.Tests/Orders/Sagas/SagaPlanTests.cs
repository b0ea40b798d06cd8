using Harness.Target.Orders.Sagas;

namespace Harness.Target.Tests.Orders.Sagas;

public sealed class SagaPlanTests
{
    [Fact]
    public void Without_a_bug_is_what_the_moves_say()
    {
        var plan = new SagaPlan(Bug.None);
        foreach (var step in Enum.GetValues<SagaStep>().Where(step => step != SagaStep.Ended))
        {
            Assert.Equal(SagaMove.WhenLate(step), plan.WhenLate(step));
            Assert.Equal(SagaMove.After(step, succeeded: true), plan.After(step, succeeded: true));
        }
    }

    [Fact]
    public void Can_be_made_to_undo_the_first_step_first()
    {
        var plan = new SagaPlan(Bug.CompensationOutOfOrder);
        Assert.Equal(new SagaMove(SagaStep.Refunding, "CANCELLED"), plan.WhenLate(SagaStep.Reserving));
        Assert.Equal(new SagaMove(SagaStep.Releasing, null), plan.After(SagaStep.Refunding, succeeded: true));
        Assert.Equal(new SagaMove(SagaStep.Ended, null), plan.After(SagaStep.Releasing, succeeded: true));
    }

    [Fact]
    public void Can_be_made_to_leak_a_reservation()
    {
        var plan = new SagaPlan(Bug.ReservationLeakedOnCancel);
        Assert.Equal(new SagaMove(SagaStep.Refunding, "CANCELLED"), plan.WhenLate(SagaStep.Reserving));
        Assert.Equal(new SagaMove(SagaStep.Ended, null), plan.After(SagaStep.Refunding, succeeded: true));
    }

    [Fact]
    public void Can_be_made_to_confirm_an_order_that_it_then_undoes()
    {
        var plan = new SagaPlan(Bug.ConfirmedBeforeStock);
        Assert.Equal(new SagaMove(SagaStep.Reserving, "CONFIRMED"), plan.After(SagaStep.Charging, succeeded: true));
        Assert.Equal(new SagaMove(SagaStep.Refunding, null), plan.After(SagaStep.Reserving, succeeded: false));
        Assert.Equal(new SagaMove(SagaStep.Ended, null), plan.After(SagaStep.Selling, succeeded: true));
    }
}
