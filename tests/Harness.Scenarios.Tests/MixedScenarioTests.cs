using Harness.Load;
using Harness.Records;

namespace Harness.Scenarios.Tests;

public sealed class MixedScenarioTests
{
    [Fact]
    public async Task Looks_most_of_the_time_and_sometimes_buys_or_changes_something()
    {
        await using StandInShop shop = await StandInShop.StartAsync();

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(new MixedScenario(), shop.System, iterations: 300);

        Assert.Equal(300, total.Ok);
        Dictionary<string, int> kinds = history.GroupBy(operation => operation.Kind).ToDictionary(group => group.Key, group => group.Count());
        Assert.InRange(kinds["read-product"], 220, 285);
        Assert.InRange(kinds["place-order"], 10, 60);
        Assert.InRange(kinds["reprice"], 1, 30);
        Assert.InRange(kinds["restock"], 1, 30);
        // Whoever changed a price has looked at it too.
        Assert.Equal(300 + kinds["reprice"], kinds.Where(kind => kind.Key != "read-order").Sum(kind => kind.Value));
    }

    [Fact]
    public async Task Places_orders_under_keys_of_its_own()
    {
        await using StandInShop shop = await StandInShop.StartAsync();

        await Visits.MakeAsync(new MixedScenario(), shop.System, iterations: 100);

        Assert.NotEmpty(shop.Placed);
        Assert.All(shop.Placed, order => Assert.StartsWith("mixed-42-", order.Key, StringComparison.Ordinal));
    }
}
