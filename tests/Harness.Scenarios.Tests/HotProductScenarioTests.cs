using Harness.Load;
using Harness.Records;

namespace Harness.Scenarios.Tests;

public sealed class HotProductScenarioTests
{
    [Fact]
    public async Task Reads_one_product_and_no_other()
    {
        await using StandInShop shop = await StandInShop.StartAsync();

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(new HotProductScenario(), shop.System, iterations: 10);

        Assert.Equal(10, total.Ok);
        Assert.Equal(["sku-0001"], history.Select(operation => operation.Key).Distinct());
    }
}
