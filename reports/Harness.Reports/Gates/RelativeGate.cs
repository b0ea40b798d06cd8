using System.Globalization;
using Harness.Records;

namespace Harness.Reports.Gates;

/// <summary>Judges rounds of control and candidate at one look: pure, and blind to how the rounds came about.</summary>
/// <remarks>
/// The unit is the block, never the request: requests of one block are not independent. The candidate is held against the geometric mean
/// of the two blocks of the control, whose own difference tells how noisy the machine is. Red needs a difference that is surely
/// larger than the limit: a bound above a least effect is what holds on a busy machine, where a mere "is there any difference" does not.
/// Every look spends an equal part of alpha (Bonferroni over rules and looks, so in whatever way they depend on each other).
/// </remarks>
public static class RelativeGate
{
    /// <summary>One result a rule, before them one a metric for the control against itself, and one for late sends.</summary>
    public static IReadOnlyList<GateResult> Look(GateFile gate, IReadOnlyList<PairedRound> rounds)
    {
        double alpha = gate.Alpha / (gate.Relative.Count * gate.Design.Looks);
        GateResult[] validity = [Lateness(gate, rounds), .. gate.Relative.Select(rule => Against(gate, rule, rounds, alpha))];
        bool valid = validity.All(result => result.Verdict == Verdict.Pass);
        return [.. validity, .. gate.Relative.Select(rule => Judge(rule, rounds, alpha)).Select(result => valid ? result : Excused(result))];
    }

    private static GateResult Judge(RelativeRule rule, IReadOnlyList<PairedRound> rounds, double alpha)
    {
        double[] worse = Differences(rounds, rule, round => Log(round.Candidate, rule) - ((Log(round.Control, rule) + Log(round.Again, rule)) / 2));
        if (worse.Length < (rounds.Count + 1) / 2)
            return Unmeasured(rule, GateLayer.Relative, rounds.Count - worse.Length, rounds.Count);
        SignedRank found = SignedRank.Of(worse, alpha);
        Verdict verdict = found.Lower > Math.Log(1 + rule.FailAboveRatio) ? Verdict.Fail
            : found.Upper < Math.Log(1 + rule.PassBelowRatio) ? Verdict.Pass
            : Verdict.Unknown;
        string say = verdict switch
        {
            Verdict.Fail => "surely worse than the limit",
            Verdict.Pass => "surely within what is allowed",
            _ => "not decided",
        };
        return Answer(rule, GateLayer.Relative, rule.Text, verdict, found, $"{Interval(found)}: {say}.");
    }

    private static GateResult Against(GateFile gate, RelativeRule rule, IReadOnlyList<PairedRound> rounds, double alpha)
    {
        string text = $"control against itself: {rule.Metric}";
        double[] noise = Differences(rounds, rule, round => Log(round.Again, rule) - Log(round.Control, rule));
        if (noise.Length < (rounds.Count + 1) / 2)
            return Unmeasured(rule, GateLayer.Validity, rounds.Count - noise.Length, rounds.Count) with { Rule = text };
        SignedRank found = SignedRank.Of(noise, alpha);
        double spread = Spread(noise);
        double limit = Math.Log(1 + rule.FailAboveRatio);
        bool biased = found.Lower > limit || found.Upper < -limit;
        bool noisy = spread > gate.Design.AaIqrAboveRatio;
        string why = biased ? " Two equal systems differ by more than the rule allows: this machine proves nothing."
            : noisy ? $" More than {Percent(gate.Design.AaIqrAboveRatio)}: this machine is too noisy to prove anything."
            : "";
        return Answer(rule, GateLayer.Validity, text, biased || noisy ? Verdict.Unknown : Verdict.Pass, found, $"{Interval(found)}; half of the rounds lie within {Percent(spread)}.{why}");
    }

    private static GateResult Lateness(GateFile gate, IReadOnlyList<PairedRound> rounds)
    {
        double late = rounds.Count == 0 ? 1 : rounds.Average(round => round.LateRatio);
        bool kept = late <= gate.Design.LateSendsAboveRatio;
        return new GateResult
        {
            Layer = GateLayer.Validity,
            Rule = $"late sends at most {Percent(gate.Design.LateSendsAboveRatio)}",
            Verdict = kept ? Verdict.Pass : Verdict.Unknown,
            Summary = $"{Percent(late)} of the sends were 5 ms or more behind their plan{(kept ? "." : ": the generator did not keep up, so this proves nothing.")}",
            Estimate = late,
            Count = rounds.Count,
        };
    }

    private static double[] Differences(IReadOnlyList<PairedRound> rounds, RelativeRule rule, Func<PairedRound, double> difference) =>
        [.. rounds.Select(difference).Where(double.IsFinite).Select(log => rule.HigherIsBetter ? -log : log)];

    private static double Log(IReadOnlyDictionary<string, double> block, RelativeRule rule) =>
        block.TryGetValue(rule.Metric, out double value) && value > 0 ? Math.Log(value) : double.NaN;

    /// <summary>Quartile to quartile, by nearest rank.</summary>
    private static double Spread(double[] values)
    {
        double[] sorted = [.. values.Order()];
        double At(double quantile) => sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1];
        return Math.Exp(At(0.75) - At(0.25)) - 1;
    }

    private static GateResult Excused(GateResult result) => result.Verdict != Verdict.Fail ? result : result with
    {
        Verdict = Verdict.Unknown,
        Summary = result.Summary + " The measurement was not valid, so this proves nothing.",
    };

    private static GateResult Unmeasured(RelativeRule rule, GateLayer layer, int missing, int all) => new()
    {
        Layer = layer,
        Rule = rule.Text,
        Line = rule.Line,
        Verdict = Verdict.Unknown,
        Summary = $"{rule.Metric} could not be measured in {missing} of {all} rounds.",
        Count = all,
    };

    private static GateResult Answer(RelativeRule rule, GateLayer layer, string text, Verdict verdict, SignedRank found, string summary) => new()
    {
        Layer = layer,
        Rule = text,
        Line = rule.Line,
        Verdict = verdict,
        Summary = summary,
        Estimate = Math.Exp(found.Estimate) - 1,
        Lower = double.IsFinite(found.Lower) ? Math.Exp(found.Lower) - 1 : null,
        Upper = double.IsFinite(found.Upper) ? Math.Exp(found.Upper) - 1 : null,
        Count = found.Count,
    };

    private static string Interval(SignedRank found) =>
        $"{Percent(Math.Exp(found.Estimate) - 1, signed: true)} worse, between {Percent(Math.Exp(found.Lower) - 1, signed: true)} and {Percent(Math.Exp(found.Upper) - 1, signed: true)}, over {found.Count} rounds";

    private static string Percent(double ratio, bool signed = false) =>
        double.IsPositiveInfinity(ratio) ? "no bound" : (ratio * 100).ToString(signed ? "+0.0;-0.0;0.0" : "0.#", CultureInfo.InvariantCulture) + " %";
}
