using System.Diagnostics;
using Harness.Target.Messaging;

namespace Harness.Target.Tests.Messaging;

public sealed class MessageTests
{
    private static readonly Message Message = new(MessageTypes.OrderCreated, "order-1", "customer-1", "sku-0001", 2, 500);

    [Fact]
    public void Can_be_read_without_a_trace_as_it_was_always_written()
    {
        const string Old = """{"type":"ORDER_CREATED","orderId":"order-1","customer":"customer-1","sku":"sku-0001","quantity":2,"amountCents":500}""";
        Assert.Equal(Message, Message.TryParse(Old));
        Assert.Equal(Old, Message.ToJson());
    }

    [Fact]
    public void Keeps_its_trace_but_is_known_by_what_it_says()
    {
        using var span = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        var stamped = BusTracing.Stamp(Message);
        Assert.Equal(span.Id, Message.TryParse(stamped.ToJson())!.TraceParent);
        Assert.Equal(Message.Id, stamped.Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-nonsense")]
    public void Is_handled_whatever_stands_in_for_its_trace(string? traceParent) => Assert.Null(BusTracing.Handling(Message with { TraceParent = traceParent }));
}
