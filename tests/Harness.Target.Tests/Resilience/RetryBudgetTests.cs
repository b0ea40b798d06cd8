using Harness.Target.Resilience;

namespace Harness.Target.Tests.Resilience;

public sealed class RetryBudgetTests
{
    private static readonly EdgePolicy Policy = EdgePolicies.Between(ServiceName.Orders, ServiceName.Inventory) with
    {
        RetryBudgetRatio = 0.25, RetryBudgetPerSecond = 2, RetryBudgetMax = 3,
    };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Starts_with_what_can_be_saved_up() => Assert.Equal(3, SpendAll(new RetryBudget(Policy, _time)));

    [Fact]
    public void Earns_a_share_of_a_retry_with_every_first_try()
    {
        var budget = Emptied();
        for (var i = 0; i < 3; i++)
            budget.Earn();
        Assert.False(budget.TrySpend());
        budget.Earn();
        Assert.True(budget.TrySpend());
        Assert.False(budget.TrySpend());
    }

    [Fact]
    public void Earns_a_few_by_time()
    {
        var budget = Emptied();
        _time.Advance(TimeSpan.FromSeconds(0.5) - TimeSpan.FromTicks(1));
        Assert.False(budget.TrySpend());
        _time.Advance(TimeSpan.FromTicks(2));
        Assert.True(budget.TrySpend());
    }

    [Fact]
    public void Saves_no_more_than_its_limit()
    {
        var budget = Emptied();
        _time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 100; i++)
            budget.Earn();
        Assert.Equal(3, SpendAll(budget));
    }

    private RetryBudget Emptied()
    {
        var budget = new RetryBudget(Policy, _time);
        SpendAll(budget);
        return budget;
    }

    private static int SpendAll(RetryBudget budget)
    {
        var spent = 0;
        while (budget.TrySpend())
            spent++;
        return spent;
    }
}
