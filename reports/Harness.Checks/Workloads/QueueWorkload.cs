using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Workloads;

/// <summary>A queue that was drained: each element that was acknowledged comes out exactly once, and nothing else comes out.</summary>
/// <remarks>An element may be lost only if somebody looked for it: unless the queue was drained, or said to be empty after the last
/// enqueue, what is left is
/// counted and proves nothing. A dequeue of unknown outcome may have taken one.</remarks>
internal static class QueueWorkload
{
    private const string Model = "queue";

    public static HistoryCheckResult Judge(ParsedHistory history)
    {
        var findings = new HistoryFindings();
        ILookup<string, ClientOperation> enqueued = history.Operations.Where(o => o.F == "enqueue").ToLookup(o => Form.Text(o.Value));
        ILookup<string, ClientOperation> dequeued = history.Operations
            .Where(o => o is { F: "dequeue" or "drain", Outcome: Outcome.Ok })
            .SelectMany(o => o.F == "drain" ? Values.ListOf(o).Select(v => (Element: Form.Text(v), Operation: o)) : [(Form.Text(o.Value), o)])
            .ToLookup(taken => taken.Element, taken => taken.Operation);
        if (history.Operations.FirstOrDefault(o => o.F is not ("enqueue" or "dequeue" or "drain")) is { } other)
            throw new HistoryFormatException(other.Line, $"the model knows no '{other.F}'");

        foreach (IGrouping<string, ClientOperation> element in dequeued)
            CameOutRightly(element, [.. enqueued[element.Key]], findings);

        ClientOperation[] left = [.. enqueued
            .Where(e => e.Count(o => o.Outcome == Outcome.Ok) > dequeued[e.Key].Count())
            .Select(e => e.First(o => o.Outcome == Outcome.Ok))];
        int maybeTaken = history.Operations.Count(o => o is { F: "dequeue" or "drain", Outcome: Outcome.Unknown });
        bool lookedFor = WasEmptied(history) && left.Length > maybeTaken;
        foreach (ClientOperation lost in lookedFor ? left : [])
            findings.Add($"{Form.Text(lost.Value)} was enqueued but never came out.", lost);

        var numbers = new Dictionary<string, double> { ["left"] = left.Length };
        TimeInside(history, enqueued, dequeued).AddTo(numbers, "inside");
        return findings.Result(
            history, Model, $"Every element came out at most once, and {Plural.Of(left.Length, "element")} may still be inside.", numbers);
    }

    private static void CameOutRightly(IGrouping<string, ClientOperation> element, ClientOperation[] enqueued, HistoryFindings findings)
    {
        ClientOperation[] possible = [.. enqueued.Where(o => o.Outcome != Outcome.Refused)];
        if (possible.Length == 0)
            findings.Add($"{element.Key} came out, but {(enqueued.Length == 0 ? "nobody enqueued it" : "enqueueing it was refused")}.", element.First());
        else if (element.Count() > possible.Length)
            findings.Add($"{element.Key} was enqueued {possible.Length} × but came out {element.Count()} ×.", element);
        else if (element.All(taken => taken.Completed < possible.Min(o => o.Invoked)))
            findings.Add($"{element.Key} came out before it was enqueued.", element.First(), possible[0]);
    }

    // From the acknowledgement to the moment at which it had come out.
    private static Latencies TimeInside(ParsedHistory history, ILookup<string, ClientOperation> enqueued, ILookup<string, ClientOperation> dequeued)
    {
        var inside = new Latencies(history);
        foreach (IGrouping<string, ClientOperation> element in dequeued)
        {
            if (enqueued[element.Key].FirstOrDefault(o => o.Outcome == Outcome.Ok) is { } put)
                inside.Add(element.Min(taken => taken.Completed!.Value) - put.Completed!.Value);
        }

        return inside;
    }

    private static bool WasEmptied(ParsedHistory history)
    {
        TimeSpan lastEnqueue = history.Operations.Where(o => o is { F: "enqueue", Outcome: Outcome.Ok }).Select(o => o.Completed!.Value).DefaultIfEmpty().Max();
        return history.Operations.Any(o => o.Invoked > lastEnqueue && o is { F: "drain", Outcome: Outcome.Ok } or { F: "dequeue", Outcome: Outcome.Refused });
    }
}
