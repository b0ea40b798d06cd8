using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>A read or an acknowledged write of a versioned entity by one session.</summary>
/// <param name="IsWrite">Whether it made the version, or saw it.</param>
/// <param name="Version">Given by the entity's owner; rises with each write.</param>
/// <param name="Source">The operation itself; its process is the session.</param>
internal readonly record struct SessionStep(bool IsWrite, long Version, Operation Source)
{
    private static readonly HashSet<string> Reads = ["read", "read-product"];
    private static readonly HashSet<string> Writes = ["write", "write-product", "reprice", "restock"];

    /// <returns>Null for what promises nothing: no answer, a refusal, no version, another kind of operation.</returns>
    public static SessionStep? Of(in Operation operation)
    {
        bool isWrite = Writes.Contains(operation.Kind);
        return operation.Outcome == Outcome.Ok && (isWrite || Reads.Contains(operation.Kind))
            && long.TryParse(operation.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long version)
            ? new SessionStep(isWrite, version, operation)
            : null;
    }

    /// <summary>Everything that promises something, in the order of invocation.</summary>
    public static SessionStep[] InOrder(IReadOnlyList<Operation> history)
    {
        // A loop and not a query: a million nullable structs would each be boxed.
        var steps = new List<SessionStep>();
        foreach (Operation operation in history)
        {
            if (Of(operation) is { } step)
                steps.Add(step);
        }

        return [.. steps.OrderBy(step => step.Source.Invoked)];
    }
}
