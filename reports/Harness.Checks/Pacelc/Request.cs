using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>What one user wanted once, however often the client tried.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="Invoked">When it was first sent.</param>
/// <param name="Took">From then to the ok answer; null when there was none.</param>
/// <param name="FirstTryOk">Whether the first try was answered ok within the deadline.</param>
/// <param name="Tries">At least 1.</param>
/// <param name="Outcome">Of the request as a whole: what any try made certain.</param>
/// <param name="Key">The entity, or the order's idempotency key.</param>
/// <param name="Value">What the ok answer said; null when there was none.</param>
public sealed record Request(
    RequestKind Kind, TimeSpan Invoked, TimeSpan? Took, bool FirstTryOk, int Tries, Outcome Outcome, string Key, string? Value)
{
    /// <summary>Answered ok within the deadline. An order that is taken and later cancelled for want of stock or money is ok: that is an answer.</summary>
    public bool IsOk => Took <= Kind.Deadline;

    /// <summary>In the order in which they were first sent; tries of an order under one idempotency key are one request.</summary>
    public static IReadOnlyList<Request> Of(IEnumerable<Operation> history)
    {
        var requests = new List<Request>();
        var orders = new Dictionary<string, List<Operation>>(StringComparer.Ordinal);
        foreach (Operation operation in history)
        {
            if (RequestKind.Of(operation.Kind) is not { } kind)
                continue;
            if (kind.Name != "place-order")
                requests.Add(Of(kind, [operation]));
            else if (orders.TryGetValue(operation.Key, out List<Operation>? tries))
                tries.Add(operation);
            else
                orders.Add(operation.Key, [operation]);
        }

        requests.AddRange(orders.Values.Select(tries => Of(RequestKind.Of("place-order")!, [.. tries.OrderBy(one => one.Invoked)])));
        requests.Sort((a, b) => a.Invoked.CompareTo(b.Invoked));
        return requests;
    }

    private static Request Of(RequestKind kind, Operation[] tries)
    {
        TimeSpan first = tries[0].Invoked;
        Operation ok = tries.FirstOrDefault(one => one.Outcome == Outcome.Ok);
        Outcome outcome = ok.Kind is not null ? Outcome.Ok : tries.Any(one => one.Outcome == Outcome.Unknown) ? Outcome.Unknown : Outcome.Refused;
        return new Request(
            kind, first, ok.Completed - first, tries[0].Outcome == Outcome.Ok && tries[0].Completed - first <= kind.Deadline, tries.Length, outcome, tries[0].Key, ok.Value);
    }
}
