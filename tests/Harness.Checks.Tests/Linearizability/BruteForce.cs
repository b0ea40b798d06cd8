using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Tests.Linearizability;

/// <summary>Tries every order of a handful of operations on the words themselves; shares nothing with the checker.</summary>
internal static class BruteForce
{
    public static bool IsLinearizable(IReadOnlyList<Operation> history, SequentialObject about)
    {
        Operation[] relevant = [.. history.Where(o => o.Outcome == Outcome.Ok || o.Outcome == Outcome.Unknown || (o.Kind == "cas" && about.RefusedCasAsserts))];
        string? initial = about.Kind switch { ObjectKind.KeyValue => "", ObjectKind.Counter => "0", _ => about.Initial };
        return CanFinish(relevant, new bool[relevant.Length], initial, about);
    }

    private static bool CanFinish(Operation[] operations, bool[] done, string? state, SequentialObject about)
    {
        if (!operations.Where((o, i) => !done[i] && o.Outcome != Outcome.Unknown).Any())
            return true;

        for (int i = 0; i < operations.Length; i++)
        {
            if (done[i] || SomethingMustComeBefore(operations, done, i) || !Apply(operations[i], state, about, out string? next))
                continue;

            done[i] = true;
            bool can = CanFinish(operations, done, next, about);
            done[i] = false;
            if (can)
                return true;
        }

        return false;
    }

    private static bool SomethingMustComeBefore(Operation[] operations, bool[] done, int i) =>
        operations.Where((o, j) => !done[j] && j != i && o.Outcome != Outcome.Unknown && o.Completed < operations[i].Invoked).Any();

    private static bool Apply(Operation o, string? state, SequentialObject about, out string? next)
    {
        bool asserts = o.Outcome == Outcome.Ok;
        (next, bool legal) = o.Kind switch
        {
            "read" when about.Kind == ObjectKind.Register => (state, !asserts || (o.Value is null && about.ReadOfNilSaysNothing) || o.Value == state),
            "read" or "get" => (state, !asserts || o.Value == state),
            "write" or "put" => (o.Value, true),
            "append" => (state + o.Value, true),
            "add" => ($"{int.Parse(state!) + int.Parse(o.Value!)}", true),
            _ => Cas(o, state),
        };
        return legal;
    }

    private static (string? Next, bool Legal) Cas(Operation o, string? state)
    {
        string[] pair = o.Value!.Trim('[', ']').Split(' ');
        string? expected = pair[0] == "nil" ? null : pair[0];
        return o.Outcome switch
        {
            Outcome.Refused => (state, state != expected),
            _ => (pair[1], state == expected),    // a crashed one that found something else changed nothing and need not be placed
        };
    }
}
