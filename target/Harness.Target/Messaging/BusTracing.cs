using System.Diagnostics;

namespace Harness.Target.Messaging;

/// <summary>
/// Carries a trace over the bus: a message remembers what wrote it, publishing it is a span below that, handling it a span below the publishing, in
/// another process. Without an exporter a message is only stamped, so that the logs of all services name the same trace.
/// </summary>
internal static class BusTracing
{
    public const string SourceName = "Harness.Target.Bus";

    /// <summary>The attribute by which a trace is found.</summary>
    public const string OrderId = "order.id";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The message with the present span as its cause; as it was when there is none.</summary>
    public static Message Stamp(Message message) => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? message with { TraceParent = id } : message;

    /// <summary>Begins to publish messages, each in the trace that wrote it; to be disposed when the bus has them.</summary>
    public static Publication Publishing(IReadOnlyList<Message> messages)
    {
        if (!Source.HasListeners())
            return new Publication(messages, []);
        var spans = messages.Select(message => Begin("publish", "send", ActivityKind.Producer, message)).ToList();
        return new Publication([.. messages.Zip(spans, (message, span) => span is null ? message : message with { TraceParent = span.Id })], spans);
    }

    /// <summary>Begins to handle a message; to be disposed when its effect is committed or it failed.</summary>
    public static Activity? Handling(Message message)
    {
        if (message.TraceParent is null || !ActivityContext.TryParse(message.TraceParent, null, isRemote: true, out var cause))
            return null;
        // Nobody listens: a bare one still gives log lines and following messages their trace.
        var span = Begin("process", "process", ActivityKind.Consumer, message) ?? new Activity("process").SetParentId(cause.TraceId, cause.SpanId, cause.TraceFlags).Start();
        Activity.Current = span;
        return span;
    }

    private static Activity? Begin(string name, string operation, ActivityKind kind, Message message)
    {
        if (!ActivityContext.TryParse(message.TraceParent, null, isRemote: kind == ActivityKind.Consumer, out var cause))
            cause = default;
        var before = Activity.Current;
        var span = Source.StartActivity(kind, cause, links: kind == ActivityKind.Consumer && cause != default ? [new ActivityLink(cause)] : null, name: $"{name} {message.Type}");
        span?.SetTag("messaging.system", "redis").SetTag("messaging.operation.type", operation).SetTag("messaging.operation.name", name)
            .SetTag("messaging.destination.name", MessageTypes.ListenerOf(message.Type).Word()).SetTag("messaging.message.id", message.Id).SetTag(OrderId, message.OrderId);
        // Several begin side by side, none below another.
        Activity.Current = before;
        return span;
    }

    /// <summary>Messages on their way to the bus.</summary>
    internal sealed class Publication(IReadOnlyList<Message> messages, IReadOnlyList<Activity?> spans) : IDisposable
    {
        public IReadOnlyList<Message> Messages => messages;

        public void Dispose()
        {
            foreach (var span in spans)
                span?.Dispose();
        }
    }
}
