using Harness.Load;
using Harness.Records;

namespace Harness.Scenarios.Tests;

public sealed class ProductWritingTests
{
    [Theory]
    [InlineData("reprice")]
    [InlineData("restock")]
    public async Task Records_the_version_that_each_change_made(string kind)
    {
        await using StandInShop shop = await StandInShop.StartAsync();

        (ScenarioInterval total, Operation[] all) = await Visits.MakeAsync(Of(kind), shop.System, iterations: 20);

        Operation[] history = [.. all.Where(operation => operation.Kind == kind)];
        Assert.Equal((20, 20), (total.Ok, total.Steps.Single(step => step.Step == kind).Ok));
        Assert.All(history, operation => Assert.Equal((kind, Records.Outcome.Ok), (operation.Kind, operation.Outcome)));
        Assert.Equal(Enumerable.Range(8, 20).Select(version => $"{version}").Order(), history.Select(operation => operation.Value!).Order());
    }

    [Fact]
    public async Task Whoever_changed_a_price_looks_at_it_next()
    {
        await using StandInShop shop = await StandInShop.StartAsync();

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(new RepriceScenario(), shop.System, iterations: 20);

        Assert.Equal(20, total.Steps.Single(step => step.Step == "look").Ok);
        foreach (IGrouping<int, Operation> client in history.GroupBy(operation => operation.Process))
        {
            Operation[] own = [.. client.OrderBy(operation => operation.Invoked)];
            Assert.All(own.Chunk(2), pair => Assert.Equal(("reprice", "read-product", pair[0].Key), (pair[0].Kind, pair[1].Kind, pair[1].Key)));
        }
    }

    [Fact]
    public async Task Leaves_open_a_change_that_broke_off_and_goes_on_as_another_process()
    {
        await using StandInShop shop = await StandInShop.StartAsync();
        shop.Before = (context, _) => StandInShop.Break(context);

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(new RepriceScenario(), shop.System, iterations: 10);

        Assert.Equal(10, total.Unknown);
        Assert.All(history, operation => Assert.Equal((Records.Outcome.Unknown, null, null), (operation.Outcome, operation.Value, operation.Completed)));
        Assert.Equal(10, history.Select(operation => operation.Process).Distinct().Count());
    }

    [Fact]
    public async Task Changes_nothing_that_was_refused()
    {
        await using StandInShop shop = await StandInShop.StartAsync();
        shop.Before = (context, _) => StandInShop.Refuse(context, 404);

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(new RestockScenario(), shop.System, iterations: 5);

        Assert.Equal((5, 5), (total.Refused, total.Errors["http-404"]));
        Assert.All(history, operation => Assert.Equal(Records.Outcome.Refused, operation.Outcome));
    }

    private static IOrderScenario Of(string kind) => kind == "reprice" ? new RepriceScenario() : new RestockScenario();
}
