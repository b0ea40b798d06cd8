namespace Harness.Scenarios.Tests;

public sealed class OrderScenariosTests
{
    [Fact]
    public void Names_each_scenario_once_and_says_what_it_does()
    {
        Assert.Equal(["checkout", "browse", "hot-product", "reprice", "restock", "resubmit", "mixed"], OrderScenarios.All.Select(scenario => scenario.Name));
        Assert.All(OrderScenarios.All, scenario => Assert.NotEmpty(scenario.Summary));
    }
}
