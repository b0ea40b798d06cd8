using Harness.Load;
using Harness.Records;
using Microsoft.AspNetCore.Http;

namespace Harness.Scenarios.Tests;

public sealed class ResubmitScenarioTests : IAsyncLifetime
{
    private readonly ResubmitScenario _resubmit = new();
    private StandInShop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await StandInShop.StartAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Sends_an_order_twice_at_once_and_takes_a_conflict_for_the_right_answer_to_another()
    {
        _shop.Before = (context, call) => call == 3 ? StandInShop.Refuse(context, StatusCodes.Status409Conflict) : Task.CompletedTask;

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(_resubmit, _shop.System, iterations: 1);

        Assert.Equal([("twice", 1L), ("other", 1L)], total.Steps.Select(step => (step.Step, step.Ok)));
        Assert.Equal(
            [("place-order", Records.Outcome.Ok), ("place-order", Records.Outcome.Ok), ("reuse-key", Records.Outcome.Refused)],
            history.Select(operation => (operation.Kind, operation.Outcome)));
        Assert.Equal("resubmit-42-1", Assert.Single(history.Select(operation => operation.Key).Distinct()));
        Assert.Equal(2, history.Take(2).Select(operation => operation.Process).Distinct().Count());
        StandInShop.PlacedOrder[] placed = [.. _shop.Placed];
        Assert.Equal(placed[0], placed[1]);
    }

    [Fact]
    public async Task Records_that_a_key_was_taken_for_another_order()
    {
        (_, Operation[] history) = await Visits.MakeAsync(_resubmit, _shop.System, iterations: 1);

        StandInShop.PlacedOrder[] placed = [.. _shop.Placed];
        Assert.Equal(placed[0].Body.Quantity + 1, placed[2].Body.Quantity);
        Assert.Contains(history, operation => operation is { Kind: "reuse-key", Outcome: Records.Outcome.Ok, Value: "order-of-resubmit-42-1" });
    }
}
