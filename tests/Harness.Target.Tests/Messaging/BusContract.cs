using Harness.Target.Messaging;

namespace Harness.Target.Tests.Messaging;

/// <summary>What every bus must do, whatever it is built on; each kind of bus runs it by deriving from it.</summary>
public abstract class BusContract
{
    protected static CancellationToken Ended => TestContext.Current.CancellationToken;

    protected abstract IBus Bus { get; }

    [Fact]
    public async Task Brings_each_message_to_the_service_that_listens()
    {
        var messages = new[] { Event(MessageTypes.OrderCreated), Event(MessageTypes.PaymentProcessed), Event(MessageTypes.InventoryUpdated) };
        await Bus.PublishAsync(messages, Ended);

        Assert.Equal(messages[0], Assert.Single(await ReceiveAsync(ServiceName.Payments)).Message);
        Assert.Equal(messages[1], Assert.Single(await ReceiveAsync(ServiceName.Inventory)).Message);
        Assert.Equal(messages[2], Assert.Single(await ReceiveAsync(ServiceName.Orders)).Message);
    }

    [Fact]
    public async Task Gives_each_message_to_one_consumer_only()
    {
        await Bus.PublishAsync([.. Enumerable.Range(0, 100).Select(i => Event(MessageTypes.OrderCreated, $"order-{i}"))], Ended);
        var (one, two) = (Bus.Join(ServiceName.Payments), Bus.Join(ServiceName.Payments));
        var received = new List<string>();
        while (received.Count < 100)
        {
            foreach (var consumer in new[] { one, two })
            {
                if (received.Count == 100)
                    break;
                var batch = await consumer.ReceiveAsync(Ended);
                received.AddRange(batch.Select(delivery => delivery.Message!.OrderId));
                await consumer.AcknowledgeAsync(batch, Ended);
            }
        }

        Assert.Equal(100, received.Distinct().Count());
        Assert.Equal(new BusCounts(0, 0), await Bus.CountAsync(ServiceName.Payments, Ended));
    }

    [Fact]
    public async Task Counts_a_message_as_undelivered_until_it_is_acknowledged()
    {
        await Bus.PublishAsync([Event(MessageTypes.OrderCreated)], Ended);
        Assert.Equal(new BusCounts(1, 0), await Bus.CountAsync(ServiceName.Payments, Ended));
        var consumer = Bus.Join(ServiceName.Payments);
        var held = await consumer.ReceiveAsync(Ended);
        Assert.Equal(new BusCounts(1, 0), await Bus.CountAsync(ServiceName.Payments, Ended));
        await consumer.AcknowledgeAsync(held, Ended);
        Assert.Equal(new BusCounts(0, 0), await Bus.CountAsync(ServiceName.Payments, Ended));
    }

    [Fact]
    public async Task Delivers_what_a_dead_consumer_held_to_another()
    {
        await Bus.PublishAsync([Event(MessageTypes.OrderCreated)], Ended);
        var dead = await Bus.Join(ServiceName.Payments).ReceiveAsync(Ended);
        var heir = await ReceiveAsync(ServiceName.Payments);
        Assert.Equal(dead.Single().Message, heir.Single().Message);
    }

    [Fact]
    public async Task Delivers_a_rejected_message_again_and_buries_it_after_its_last_try()
    {
        await Bus.PublishAsync([Event(MessageTypes.OrderCreated)], Ended);
        var consumer = Bus.Join(ServiceName.Payments);
        // What only could not be handled now has all its tries left.
        consumer.Postpone(Assert.Single(await consumer.ReceiveAsync(Ended)));
        var tries = 0;
        bool buried;
        do
        {
            var delivery = Assert.Single(await consumer.ReceiveAsync(Ended));
            Assert.True(delivery.Redelivered);
            buried = await consumer.RejectAsync(delivery, Ended);
            tries++;
        }
        while (!buried);

        Assert.Equal(5, tries);
        Assert.Equal(new BusCounts(0, 1), await Bus.CountAsync(ServiceName.Payments, Ended));
    }

    [Fact]
    public async Task Delivers_new_messages_while_a_rejected_one_waits_for_its_next_try()
    {
        await Bus.PublishAsync([Event(MessageTypes.OrderCreated, "ill")], Ended);
        var consumer = Bus.Join(ServiceName.Payments);
        Assert.False(await consumer.RejectAsync(Assert.Single(await consumer.ReceiveAsync(Ended)), Ended));
        await Bus.PublishAsync([Event(MessageTypes.OrderCreated, "well")], Ended);
        var order = new List<string>();
        while (order.Count < 2)
        {
            var batch = await consumer.ReceiveAsync(Ended);
            order.AddRange(batch.Select(delivery => delivery.Message!.OrderId));
            await consumer.AcknowledgeAsync(batch, Ended);
        }

        Assert.Equal(["ill", "well"], order.Order(StringComparer.Ordinal));
        Assert.Equal(new BusCounts(0, 0), await Bus.CountAsync(ServiceName.Payments, Ended));
    }

    [Fact]
    public async Task Shows_dead_letters_oldest_first_and_replays_them()
    {
        var consumer = Bus.Join(ServiceName.Payments);
        var messages = new[] { Event(MessageTypes.OrderCreated, "first"), Event(MessageTypes.OrderCreated, "second") };
        foreach (var message in messages)
        {
            await Bus.PublishAsync([message], Ended);
            // Without a message in it, it is a dead letter at its first try.
            Assert.True(await consumer.RejectAsync(Assert.Single(await consumer.ReceiveAsync(Ended)) with { Message = null }, Ended));
        }

        Assert.Equal(messages.Select(message => message.ToJson()), await Bus.DeadLettersAsync(ServiceName.Payments, 10, Ended));
        Assert.Equal([messages[0].ToJson()], await Bus.DeadLettersAsync(ServiceName.Payments, 1, Ended));
        Assert.Equal(2, await Bus.ReplayAsync(ServiceName.Payments, Ended));
        Assert.Equal(new BusCounts(2, 0), await Bus.CountAsync(ServiceName.Payments, Ended));
        var again = new List<string>();
        while (again.Count < 2)
        {
            var batch = await consumer.ReceiveAsync(Ended);
            again.AddRange(batch.Select(delivery => delivery.Message!.OrderId));
            await consumer.AcknowledgeAsync(batch, Ended);
        }

        Assert.Equal(["first", "second"], again);
        Assert.Equal(0, await Bus.ReplayAsync(ServiceName.Payments, Ended));
    }

    protected static Message Event(string type, string orderId = "order-1") => new(type, orderId, "customer-1", "sku-0001", 1, 100);

    protected Task<IReadOnlyList<Delivery>> ReceiveAsync(ServiceName service) => Bus.Join(service).ReceiveAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended);
}
