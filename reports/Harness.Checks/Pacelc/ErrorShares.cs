using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>What came of the tries in P that were not ok, as shares of all tries that were due.</summary>
/// <param name="Refused">Turned away at once by a 503: an open circuit, a gate.</param>
/// <param name="Shed">Turned away by a 429: too much load.</param>
/// <param name="NotConnected">There was no connection to send on: surely no effect.</param>
/// <param name="Failed">Any other answer that promises no effect.</param>
/// <param name="Indeterminate">No answer, or one that may have come after the effect.</param>
/// <param name="Wrong">Requests that were answered ok although the audit contradicts it.</param>
/// <param name="NotSent">The generator was too late: above 1 % the run proves nothing.</param>
public sealed record ErrorShares(
    ShareEstimate Refused, ShareEstimate Shed, ShareEstimate NotConnected, ShareEstimate Failed, ShareEstimate Indeterminate, ShareEstimate Wrong, ShareEstimate NotSent)
{
    private static readonly string[] BeforeSending = ["connection-refused", "name-not-resolved", "tls-failed", "unreachable", "too-many-sockets", "no-local-port"];

    public static ErrorShares Of(IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs)
    {
        Request[] cut = [.. runs.SelectMany(one => one.Requests.Where(request => one.Run.Partition.Has(request.Invoked)))];
        long notSent = runs.Sum(one => one.Run.NotSent.Where(entry => entry.Key.Phase == Phase.Fault).Sum(entry => entry.Value));
        long tries = cut.Sum(request => (long)request.Tries) + notSent;
        long Errors(Func<string, bool> named) =>
            Math.Min(tries, runs.Sum(one => one.Run.Errors.Where(entry => entry.Key.Phase == Phase.Fault && named(entry.Key.Error)).Sum(entry => entry.Value)));
        long wrong = runs.Sum(one => Wrongs(one.Run, one.Requests));
        return new ErrorShares(
            ShareEstimate.Of(Errors(name => name == "http-503"), tries),
            ShareEstimate.Of(Errors(name => name == "http-429"), tries),
            ShareEstimate.Of(Errors(BeforeSending.Contains), tries),
            ShareEstimate.Of(Errors(name => name is not ("http-503" or "http-429") && IsClientError(name)), tries),
            ShareEstimate.Of(Errors(name => name is not "http-503" && !IsClientError(name) && !BeforeSending.Contains(name)), tries),
            ShareEstimate.Of(wrong, cut.Length),
            ShareEstimate.Of(notSent, tries));
    }

    private static bool IsClientError(string name) => name.StartsWith("http-4", StringComparison.Ordinal);

    /// <summary>Orders that were taken in P and that the book does not hold.</summary>
    private static long Wrongs(PacelcRun run, IReadOnlyList<Request> requests)
    {
        if (run.Audit?.Orders is not { } book)
            return 0;
        HashSet<string> keys = [.. book.Orders.Select(order => order.IdempotencyKey)];
        return requests.LongCount(request =>
            request.Kind.Name == "place-order" && run.Partition.Has(request.Invoked) && request.Outcome == Outcome.Ok && !keys.Contains(request.Key));
    }
}
