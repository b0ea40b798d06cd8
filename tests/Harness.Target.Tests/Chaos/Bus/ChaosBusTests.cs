using System.Net;
using Harness.Target.Chaos;
using Harness.Target.Chaos.Bus;
using Harness.Target.Chaos.Process;
using Harness.Target.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Harness.Target.Tests.Chaos.Bus;

/// <summary>Faults of messages bite on a real bus, and none of them loses a message.</summary>
public sealed class ChaosBusTests : IAsyncLifetime
{
    private readonly RedisServer _redis = new();
    private readonly RedisLink _link;
    private readonly ServiceProvider _services;
    private readonly ChaosBoard _board;
    private readonly ChaosBus _bus;
    private readonly IBusConsumer _consumer;

    public ChaosBusTests()
    {
        var options = new ServiceOptions { Service = ServiceName.Payments, Url = new Uri("http://127.0.0.1:1"), DataFolder = ".", Redis = new DnsEndPoint("127.0.0.1", _redis.Port) };
        _link = new RedisLink(options);
        _services = new ServiceCollection().AddSingleton<IBus>(new ListBus(_link, TimeProvider.System)).AddSingleton(options).AddSingleton(TimeProvider.System).BuildServiceProvider();
        _board = new ChaosBoard(TimeProvider.System, _services);
        _bus = new ChaosBus(_services.GetRequiredService<IBus>(), _board, TimeProvider.System, new Random(1));
        _consumer = _bus.Join(ServiceName.Payments);
    }

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _link.FirstAttempt;

    public async ValueTask DisposeAsync()
    {
        await _board.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _link.DisposeAsync();
        _redis.Dispose();
    }

    [Fact]
    public async Task Publishes_a_share_twice()
    {
        var held = await _board.HoldAsync("twice", new DuplicatedMessages { Ratio = 0.5 });
        await _bus.PublishAsync([.. Events(40)], Ended);

        var more = held!.View().Evidence["messages duplicated"];
        Assert.InRange(more, 4, 36);
        Assert.Equal(40 + more, (await _bus.CountAsync(ServiceName.Payments, Ended)).Undelivered);
    }

    [Fact]
    public async Task Delays_what_it_publishes_and_has_it_only_then()
    {
        var held = await _board.HoldAsync("late", new DelayedMessages { Time = TimeSpan.FromSeconds(2.5) });
        var publishing = _bus.PublishAsync([.. Events(2)], Ended);
        Assert.Equal(0, (await _bus.CountAsync(ServiceName.Payments, Ended)).Undelivered);
        Assert.False(publishing.IsCompleted);
        await publishing;

        Assert.Equal(2, (await _bus.CountAsync(ServiceName.Payments, Ended)).Undelivered);
        Assert.Equal(2, held!.View().Evidence["messages delayed"]);
    }

    [Fact]
    public async Task Publishes_what_it_gathered_last_first()
    {
        var held = await _board.HoldAsync("reverse", new ReorderedMessages { Window = TimeSpan.FromMilliseconds(1) });
        await _bus.PublishAsync([.. Events(3)], Ended);

        Assert.Equal(["order-2", "order-1", "order-0"], (await ReceiveAsync(3)).Select(delivery => delivery.Message!.OrderId));
        Assert.Equal(2, held!.View().Evidence["messages reordered"]);
    }

    [Fact]
    public async Task Forgets_what_it_takes_until_it_comes_again()
    {
        var held = await _board.HoldAsync("forget", new DroppedMessages { Ratio = 1 });
        await _bus.PublishAsync([.. Events(3)], Ended);
        await using var holder = new Holder(_board, "forget", new DroppedMessages { Ratio = 1 });

        var received = await ReceiveAsync(3);

        Assert.All(received, delivery => Assert.True(delivery.Redelivered));
        Assert.Equal(3, received.DistinctBy(delivery => delivery.Message!.OrderId).Count());
        Assert.Equal(3, held!.View().Evidence["messages dropped"]);
        Assert.Equal(new BusCounts(0, 0), await _bus.CountAsync(ServiceName.Payments, Ended));
    }

    [Fact]
    public async Task Poisons_a_service_that_goes_on_and_takes_the_poison_back()
    {
        var poison = new PoisonMessages { Every = TimeSpan.FromMilliseconds(20) };
        var held = await _board.HoldAsync("poison", poison);
        await using var holder = new Holder(_board, "poison", poison);
        await _bus.PublishAsync([.. Events(1)], Ended);
        var wellReceived = false;
        while (!wellReceived || held!.View().Evidence.GetValueOrDefault("dead letters") < 3)
        {
            foreach (var delivery in await _consumer.ReceiveAsync(Ended))
            {
                if (PoisonMessages.IsOurs(delivery))
                {
                    await _consumer.RejectAsync(delivery, Ended);
                    continue;
                }

                await _consumer.AcknowledgeAsync([delivery], Ended);
                wellReceived = true;
            }
        }

        Assert.True((await _bus.CountAsync(ServiceName.Payments, Ended)).DeadLetters >= 3);
        await holder.DisposeAsync();
        Assert.Equal(0, (await _bus.CountAsync(ServiceName.Payments, Ended)).DeadLetters);
        Assert.True(held!.View().Evidence["messages poisoned"] >= 3);
        // What was still on its way is let go of when it comes, and nobody is handed it.
        await _bus.PublishAsync([.. Events(1)], Ended);
        Assert.Equal("order-0", Assert.Single(await ReceiveAsync(1)).Message!.OrderId);
        await _bus.PublishAsync([.. Events(1)], Ended);
        await Eventually.TrueAsync(async () =>
        {
            if ((await _bus.CountAsync(ServiceName.Payments, Ended)).Undelivered == 0)
                return true;
            await _bus.PublishAsync([.. Events(1)], Ended);
            await _consumer.AcknowledgeAsync(await _consumer.ReceiveAsync(Ended), Ended);
            return (await _bus.CountAsync(ServiceName.Payments, Ended)).Undelivered == 0;
        }, "no poison is left");
    }

    [Fact]
    public async Task A_clock_that_was_an_hour_ahead_and_is_set_back_keeps_no_message_waiting()
    {
        var clock = new ShiftedTime(TimeProvider.System);
        clock.Follow(_board);
        await _board.HoldAsync("ahead", new ClockOffset { By = TimeSpan.FromHours(1) });
        using var consumer = (IDisposable)new ListBus(_link, clock).Join(ServiceName.Payments);
        await _bus.PublishAsync([.. Events(1)], Ended);
        var first = Assert.Single(await ((IBusConsumer)consumer).ReceiveAsync(Ended));
        await ((IBusConsumer)consumer).RejectAsync(first, Ended);
        await _board.TakeAwayAsync("ahead");

        var again = Assert.Single(await ((IBusConsumer)consumer).ReceiveAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended));

        Assert.True(again.Redelivered);
    }

    [Theory]
    [InlineData(ServiceName.Orders)]
    [InlineData(ServiceName.Payments)]
    [InlineData(ServiceName.Inventory)]
    public void Makes_poison_that_is_for_another_service(ServiceName service) =>
        Assert.NotEqual(service, MessageTypes.ListenerOf(Poisoning.ForAnother(service, "poison-1").Type));

    private static IEnumerable<Message> Events(int count) =>
        Enumerable.Range(0, count).Select(i => new Message(MessageTypes.OrderCreated, $"order-{i}", "customer-1", "sku-0001", 1, 100));

    private async Task<List<Delivery>> ReceiveAsync(int count)
    {
        var received = new List<Delivery>();
        while (received.Count < count)
        {
            var batch = await _consumer.ReceiveAsync(Ended);
            received.AddRange(batch);
            await _consumer.AcknowledgeAsync(batch, Ended);
        }

        return received;
    }

    /// <summary>Renews a fault, and takes it away when it is disposed.</summary>
    private sealed class Holder : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ending = new();
        private readonly Task _holding;

        public Holder(ChaosBoard board, string name, ServiceFault fault) => _holding = Task.Run(async () =>
        {
            while (!_ending.IsCancellationRequested)
            {
                await board.HoldAsync(name, fault);
                await Task.Delay(200, CancellationToken.None);
            }

            await board.TakeAwayAsync(name);
        });

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            await _holding;
        }
    }
}
