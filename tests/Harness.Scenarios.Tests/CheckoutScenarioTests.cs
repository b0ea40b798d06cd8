using Harness.Load;
using Harness.Records;
using Microsoft.AspNetCore.Http;

namespace Harness.Scenarios.Tests;

public sealed class CheckoutScenarioTests : IAsyncLifetime
{
    private readonly CheckoutScenario _checkout = new();
    private StandInShop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await StandInShop.StartAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Places_an_order_and_records_each_status_that_it_saw_once()
    {
        _shop.StatusAt = look => look < 4 ? "PENDING" : "CONFIRMED";

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(_checkout, _shop.System, iterations: 1);

        Assert.Empty(total.Errors);
        Assert.Equal((1, 1), (total.Due, total.Ok));
        Assert.Equal([("place", 1L), ("follow", 1L)], total.Steps.Select(step => (step.Step, step.Ok)));
        Assert.Equal(
            [
                ("place-order", "checkout-42-1", "order-of-checkout-42-1"),
                ("read-order", "order-of-checkout-42-1", "PENDING"),
                ("read-order", "order-of-checkout-42-1", "CONFIRMED"),
            ],
            history.Select(operation => (operation.Kind, operation.Key, operation.Value)));
        Assert.All(history, operation =>
        {
            Assert.Equal(Records.Outcome.Ok, operation.Outcome);
            Assert.True(operation.Completed >= operation.Invoked);
        });
        Assert.Single(history.Select(operation => operation.Process).Distinct());
    }

    [Fact]
    public async Task Asks_for_the_same_orders_whenever_the_seed_is_the_same()
    {
        await Visits.MakeAsync(_checkout, _shop.System, iterations: 20, seed: 7);
        StandInShop.PlacedOrder[] first = [.. _shop.Placed.OrderBy(order => order.Key)];
        _shop.Placed.Clear();
        await Visits.MakeAsync(_checkout, _shop.System, iterations: 20, seed: 7);
        StandInShop.PlacedOrder[] second = [.. _shop.Placed.OrderBy(order => order.Key)];

        Assert.Equal(20, first.Length);
        Assert.Equal(first, second);
        Assert.All(first, order =>
        {
            Assert.Matches("^customer-([1-9]|[1-4][0-9]|50)$", order.Body.Customer);
            Assert.Matches("^sku-0(0[0-9][0-9]|100)$", order.Body.Sku);
            Assert.InRange(order.Body.Quantity, 1, 3);
        });
    }

    [Fact]
    public async Task Takes_a_cancelled_order_for_an_answer()
    {
        _shop.StatusAt = _ => "CANCELLED";

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(_checkout, _shop.System, iterations: 3);

        Assert.Equal(3, total.Ok);
        Assert.Equal(3, history.Count(operation => operation.Value == "CANCELLED"));
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 0, 1)]
    [InlineData(StatusCodes.Status422UnprocessableEntity, 0, 1)]
    [InlineData(StatusCodes.Status500InternalServerError, 1, 0)]
    public async Task Believes_only_an_answer_that_promises_no_effect(int status, int unknown, int refused)
    {
        _shop.Before = (context, _) => StandInShop.Refuse(context, status);

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(_checkout, _shop.System, iterations: 1);

        Assert.Equal((unknown, refused), (total.Unknown, total.Refused));
        Assert.Equal(1, total.Errors[$"http-{status}"]);
        Operation place = Assert.Single(history);
        Assert.Equal(unknown == 1, place.Outcome == Records.Outcome.Unknown);
        Assert.Equal(unknown == 1, place.Completed is null);
    }

    [Fact]
    public async Task Asks_once_more_under_the_same_key_and_as_a_new_process_when_no_answer_came()
    {
        _shop.Before = (context, call) => call == 1 ? StandInShop.Hang(context) : Task.CompletedTask;

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(_checkout, _shop.System, iterations: 1);

        Assert.Equal(1, total.Ok);
        StepInterval place = total.Steps.Single(step => step.Step == "place");
        Assert.Equal((1, 1, 1), (place.Ok, place.Unknown, place.Errors["timeout"]));
        Operation[] places = [.. history.Where(operation => operation.Kind == "place-order")];
        Assert.Equal([Records.Outcome.Unknown, Records.Outcome.Ok], places.Select(operation => operation.Outcome));
        Assert.Equal(places[0].Key, places[1].Key);
        Assert.NotEqual(places[0].Process, places[1].Process);
    }

    [Fact]
    public async Task Does_not_claim_to_know_what_a_broken_connection_did()
    {
        _shop.Before = (context, _) => StandInShop.Break(context);

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(_checkout, _shop.System, iterations: 2);

        Assert.Equal(2, total.Unknown);
        Assert.Contains(Assert.Single(total.Errors).Key, (string[])["response-ended", "connection-reset"]);
        Assert.All(history, operation => Assert.Equal(Records.Outcome.Unknown, operation.Outcome));
    }

    [Fact]
    public async Task Knows_that_nothing_was_done_when_nobody_listens()
    {
        OrderSystem gone = _shop.System;
        await _shop.DisposeAsync();

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(_checkout, gone, iterations: 2);

        Assert.Equal((2, 2), (total.Refused, total.Errors["connection-refused"]));
        Assert.All(history, operation => Assert.Equal(Records.Outcome.Refused, operation.Outcome));
    }

    [Fact]
    public async Task Takes_no_sample_of_a_call_that_the_end_of_the_run_cut_off_but_keeps_it_in_the_history()
    {
        using var run = new CancellationTokenSource();
        _shop.Before = (context, _) =>
        {
            run.Cancel();
            return StandInShop.Hang(context);
        };

        (ScenarioInterval total, Operation[] history) = await Visits.MakeAsync(_checkout, _shop.System, iterations: 1, runToken: run.Token);

        Assert.Equal((1, 1, 0), (total.Due, total.Open, total.Unknown));
        Assert.Equal(Records.Outcome.Unknown, Assert.Single(history).Outcome);
    }
}
