using Harness.Target.Resilience;

namespace Harness.Target.Tests.Resilience;

public sealed class EdgePolicyTests
{
    private static readonly EdgePolicy Sound = EdgePolicies.Between(ServiceName.Orders, ServiceName.Inventory);

    [Fact]
    public void Has_no_problems_by_default() => Assert.Empty(Sound.Problems());

    [Fact]
    public void Tells_every_problem_at_once_with_the_value_seen()
    {
        var problems = new EdgePolicy
        {
            Edge = "a -> b", TryTimeout = TimeSpan.FromMilliseconds(1), Retries = 11, RetryDelay = TimeSpan.FromSeconds(3), RetryDelayMax = TimeSpan.FromHours(2),
            RetryBudgetRatio = -0.5, RetryBudgetPerSecond = double.NaN, RetryBudgetMax = 0, BreakerCallsMin = 1, BreakerFailureRatio = 0,
            BreakerWindow = TimeSpan.Zero, BreakerPause = TimeSpan.FromDays(2), ConcurrentCallsMax = 0, WaitingCallsMax = -7,
        }.Problems();

        Assert.Equal(12, problems.Count);
        Assert.Contains("a -> b: RetryBudgetRatio is -0.5; it must be a ratio from 0 to 1.", problems);
        Assert.Contains("a -> b: WaitingCallsMax is -7; it must be at least 0.", problems);
    }

    [Theory]
    [InlineData("orders -> inventory", true)]
    [InlineData("orders -> payments", true)]
    [InlineData("inventory -> redis", false)]
    [InlineData("payments -> postgres", false)]
    public void Knows_which_edges_a_sidecar_can_serve(string edge, bool expected) => Assert.Equal(expected, (Sound with { Edge = edge }).IsBetweenServices);
}
