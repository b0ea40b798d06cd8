using Harness.Records;

namespace Harness.Checks.Histories;

/// <summary>Puts what was asked together with what came of it, process by process.</summary>
internal static class Pairing
{
    /// <param name="events">In the order of the file.</param>
    /// <param name="needsInvocations">Whether an answer that nobody asked for is an error; else it counts as asked at that moment.</param>
    /// <exception cref="HistoryFormatException">An answer that nobody asked for.</exception>
    public static IReadOnlyList<ClientOperation> Pair(IReadOnlyList<HistoryEvent> events, bool needsInvocations)
    {
        var open = new Dictionary<int, (HistoryEvent Event, int At)>();
        var operations = new List<ClientOperation>();
        for (int at = 0; at < events.Count; at++)
        {
            HistoryEvent happened = events[at];
            if (happened.Process is not { } process)
                continue;

            bool asked = open.Remove(process, out (HistoryEvent Event, int At) invocation);
            if (happened.Type == EventType.Invoke)
            {
                // Asked again with no word of the first: that one may still happen.
                if (asked)
                    operations.Add(Operation(invocation, null, null));
                open.Add(process, (happened, at));
            }
            else if (asked)
            {
                operations.Add(Operation(invocation, happened, at));
            }
            else if (needsInvocations && happened.Type != EventType.Info)
            {
                throw new HistoryFormatException(happened.Line, $"process {process} got an answer ({happened.F}) but had asked nothing");
            }
            else
            {
                operations.Add(Operation((happened, at), happened, at));
            }
        }

        operations.AddRange(open.Values.Select(invocation => Operation(invocation, null, null)));
        return [.. operations.OrderBy(operation => operation.Invoked)];
    }

    private static ClientOperation Operation((HistoryEvent Event, int At) invocation, HistoryEvent? completion, int? completedAt)
    {
        Outcome outcome = completion?.Type switch { EventType.Ok => Outcome.Ok, EventType.Fail => Outcome.Refused, _ => Outcome.Unknown };
        object? value = outcome == Outcome.Ok ? completion!.Value.Value ?? AskedOf(invocation.Event) : invocation.Event.Value;
        return new ClientOperation(
            invocation.Event.Process!.Value,
            invocation.Event.F,
            invocation.Event.Key ?? completion?.Key,
            value,
            TimeSpan.FromTicks(invocation.At),
            outcome == Outcome.Unknown ? null : TimeSpan.FromTicks(completedAt!.Value),
            outcome,
            invocation.Event.Line);
    }

    // A write may be acknowledged without its value; a read that came back with nil read nil.
    private static object? AskedOf(in HistoryEvent invocation) => invocation.F is "read" or "get" or "dequeue" ? null : invocation.Value;
}
