using Harness.Load;
using Harness.Records;

namespace Harness.Scenarios.Tests;

public sealed class BrowseScenarioTests
{
    [Fact]
    public async Task Reads_products_and_records_the_version_that_it_saw()
    {
        await using StandInShop shop = await StandInShop.StartAsync();

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(new BrowseScenario(), shop.System, iterations: 50);

        Assert.Equal(50, total.Ok);
        Assert.All(history, operation =>
        {
            Assert.Equal(("read-product", "7", Records.Outcome.Ok), (operation.Kind, operation.Value, operation.Outcome));
            Assert.StartsWith("sku-0", operation.Key, StringComparison.Ordinal);
        });
        // The first of a hundred products has a fifth of all draws.
        Assert.Equal("sku-0001", history.CountBy(operation => operation.Key).MaxBy(count => count.Value).Key);
    }

    [Fact]
    public async Task Gives_up_a_read_after_a_second()
    {
        await using StandInShop shop = await StandInShop.StartAsync();
        shop.Before = (context, _) => StandInShop.Hang(context);

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(new BrowseScenario(), shop.System, iterations: 2);

        Assert.Equal((2, 2), (total.Unknown, total.Errors["timeout"]));
        Assert.All(history, operation => Assert.Null(operation.Value));
        Assert.InRange(total.Service.GetValueAtPercentile(0), 900_000, 20_000_000);
    }
}
