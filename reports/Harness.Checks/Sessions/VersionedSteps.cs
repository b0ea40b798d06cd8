using System.Runtime.CompilerServices;
using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>The versioned reads and writes of a history, in the order of invocation.</summary>
internal static class VersionedSteps
{
    private static readonly ConditionalWeakTable<RunRecord, SessionStep[]> Read = [];

    /// <summary>Several checks ask for the same; it is made once a record.</summary>
    public static SessionStep[] Of(RunRecord record) => Read.GetValue(record, known => Of(known.History));

    public static SessionStep[] Of(IReadOnlyList<Operation> history)
    {
        var steps = new List<SessionStep>();
        bool inOrder = true;
        foreach (Operation operation in history)
        {
            if (SessionStep.Of(operation) is not { } step)
                continue;

            inOrder &= steps.Count == 0 || steps[^1].Source.Invoked <= step.Source.Invoked;
            steps.Add(step);
        }

        return inOrder ? [.. steps] : [.. steps.OrderBy(step => step.Source.Invoked)];
    }
}
