using Harness.Records;

namespace Harness.Reports.Gates;

/// <summary>How often a gate is red, green and undecided when the truth is known.</summary>
/// <param name="Gates">How many were resampled.</param>
/// <param name="Red">How many failed.</param>
/// <param name="Green">How many passed.</param>
/// <param name="MeanRounds">Rounds a gate took on average, confirmation included.</param>
public sealed record ErrorRates(int Gates, int Red, int Green, double MeanRounds)
{
    public double RedRatio => (double)Red / Gates;

    /// <summary>Exact 95 % bounds on <see cref="RedRatio"/>, 97.5 % a side.</summary>
    public (double Lower, double Upper) RedBounds => BinomialBounds.Share(Red, Gates, 0.975);

    /// <summary>Draws rounds of three equal arms with replacement, deals their blocks out anew (they are equal, so any block may stand
    /// for any arm), makes the candidate worse by a known factor, and asks the gate.</summary>
    /// <param name="gate">With at least one relative rule.</param>
    /// <param name="equal">Recorded rounds whose three arms were the same build.</param>
    /// <param name="factor">What the candidate's values are multiplied with; 1 for no change.</param>
    /// <param name="gates">How many to resample.</param>
    /// <param name="seed">Fixes everything.</param>
    public static async Task<ErrorRates> ResampleAsync(GateFile gate, IReadOnlyList<PairedRound> equal, double factor, int gates, int seed, CancellationToken runToken)
    {
        var random = new Random(seed);
        int red = 0, green = 0;
        long rounds = 0;
        for (int number = 0; number < gates; number++)
        {
            IReadOnlyList<GateResult> found = await PairedGate.RunAsync(gate, Draw, progress: null, runToken);
            var outcome = new GateOutcome { Gate = gate.Name, File = gate.File, Command = "", Results = found };
            red += outcome.Verdict == Verdict.Fail ? 1 : 0;
            green += outcome.Verdict == Verdict.Pass ? 1 : 0;
        }

        return new ErrorRates(gates, red, green, (double)rounds / gates);

        ValueTask<IReadOnlyList<PairedRound>> Draw(int attempt, int count, CancellationToken token)
        {
            rounds += count;
            return ValueTask.FromResult<IReadOnlyList<PairedRound>>([.. Enumerable.Range(0, count).Select(_ => Deal(equal[random.Next(equal.Count)], factor, random))]);
        }
    }

    private static PairedRound Deal(PairedRound round, double factor, Random random)
    {
        IReadOnlyDictionary<string, double>[] blocks = [round.Control, round.Candidate, round.Again];
        random.Shuffle(blocks);
        return new PairedRound(blocks[0], blocks[1].ToDictionary(value => value.Key, value => value.Value * factor), blocks[2], round.LateRatio);
    }
}
