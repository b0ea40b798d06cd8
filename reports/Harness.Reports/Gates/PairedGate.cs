using Harness.Records;

namespace Harness.Reports.Gates;

/// <summary>Looks at growing numbers of rounds until every relative rule is decided, and measures a red once more before it is believed.</summary>
public static class PairedGate
{
    /// <summary>Runs looks and confirmations.</summary>
    /// <param name="gate">With at least one relative rule.</param>
    /// <param name="source">Where rounds come from.</param>
    /// <param name="progress">Told of the rounds of this attempt after each look.</param>
    /// <param name="runToken">Ends it between blocks.</param>
    public static async Task<IReadOnlyList<GateResult>> RunAsync(GateFile gate, RoundSource source, Action<int, int>? progress, CancellationToken runToken)
    {
        IReadOnlyList<GateResult> found = await AttemptAsync(gate, source, 0, progress, runToken);
        for (int attempt = 1; attempt <= gate.Design.Confirm && IsRed(found); attempt++)
            found = Both(found, await AttemptAsync(gate, source, attempt, progress, runToken));
        return found;
    }

    private static async Task<IReadOnlyList<GateResult>> AttemptAsync(
        GateFile gate, RoundSource source, int attempt, Action<int, int>? progress, CancellationToken runToken)
    {
        var rounds = new List<PairedRound>();
        for (int look = 1; ; look++)
        {
            rounds.AddRange(await source(attempt, gate.Design.Rounds, runToken));
            progress?.Invoke(attempt, rounds.Count);
            IReadOnlyList<GateResult> found = RelativeGate.Look(gate, rounds);
            if (look == gate.Design.Looks || IsRed(found) || found.All(result => result.Verdict == Verdict.Pass))
                return found;
        }
    }

    private static bool IsRed(IReadOnlyList<GateResult> found) => found.Any(result => result.Verdict == Verdict.Fail);

    /// <summary>A rule that was red once and not again is not decided.</summary>
    private static IReadOnlyList<GateResult> Both(IReadOnlyList<GateResult> first, IReadOnlyList<GateResult> again) =>
    [
        .. first.Zip(again, (before, now) => (before.Verdict, now.Verdict) switch
        {
            (Verdict.Fail, Verdict.Fail) => now with { Summary = now.Summary + $" Measured twice; the first time: {before.Summary}" },
            (Verdict.Fail, _) => now with { Verdict = Verdict.Unknown, Summary = now.Summary + $" Not confirmed; the first time: {before.Summary}" },
            (_, Verdict.Fail) => now with { Verdict = Verdict.Unknown, Summary = now.Summary + $" The first time it was not red: {before.Summary}" },
            (Verdict.Unknown, _) when before.Layer == GateLayer.Validity => before,
            _ => now,
        }),
    ];
}
