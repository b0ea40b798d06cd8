using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>What the quiesced audit says of orders whose clients never learned what came of them.</summary>
/// <param name="TookEffect">In the book, and ended.</param>
/// <param name="DidNot">Nowhere.</param>
/// <param name="Partly">In the book more than once, or not ended; must be 0.</param>
/// <param name="NotKnown">There was no audit to ask.</param>
public sealed record IndeterminateResolution(long TookEffect, long DidNot, long Partly, long NotKnown)
{
    public static IndeterminateResolution Of(IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs)
    {
        var sum = new IndeterminateResolution(0, 0, 0, 0);
        foreach ((PacelcRun run, IReadOnlyList<Request> requests) in runs)
        {
            Dictionary<string, AuditedOrder[]>? book = run.Audit?.Orders?.Orders.GroupBy(order => order.IdempotencyKey).ToDictionary(key => key.Key, key => key.ToArray());
            foreach (Request request in requests.Where(one => one.Kind.Name == "place-order" && one.Outcome == Outcome.Unknown))
                sum = Add(sum, book, request.Key);
        }

        return sum;
    }

    private static IndeterminateResolution Add(IndeterminateResolution sum, Dictionary<string, AuditedOrder[]>? book, string key) =>
        book is null ? sum with { NotKnown = sum.NotKnown + 1 }
        : !book.TryGetValue(key, out AuditedOrder[]? orders) ? sum with { DidNot = sum.DidNot + 1 }
        : orders.Length == 1 && orders[0].Status is "CONFIRMED" or "CANCELLED" ? sum with { TookEffect = sum.TookEffect + 1 }
        : sum with { Partly = sum.Partly + 1 };
}
