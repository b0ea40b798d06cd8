using System.Globalization;
using HdrHistogram;
using Harness.Checks.Validity;
using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports.Gates;

/// <summary>Judges the rules that need nothing but records: exact counts, and absolute limits with bounds.</summary>
public static class RecordGate
{
    /// <summary>Lateness that changes no verdict: microseconds.</summary>
    private const double LatenessBorne = 5_000;

    /// <summary>An exact rule must hold in every run; an absolute one is put to all runs together.</summary>
    /// <param name="gate">The rules.</param>
    /// <param name="runs">At least one.</param>
    /// <param name="baseline">Stored values by the rule's text; empty when there are none.</param>
    public static IReadOnlyList<GateResult> Judge(GateFile gate, IReadOnlyList<RunFacts> runs, IReadOnlyDictionary<string, double> baseline) =>
    [
        .. runs.SelectMany(Doubts),
        .. gate.Exact.Select(rule => Exact(rule, runs, baseline)),
        .. gate.Absolute.Select(rule => Absolute(rule, runs, baseline)).Select(result =>
            result.Verdict == Verdict.Fail && Excuse(runs) is { } excuse ? result with { Verdict = Verdict.Unknown, Summary = result.Summary + excuse } : result),
    ];

    /// <summary>Why a limit that was missed makes nothing red; null when it does.</summary>
    private static string? Excuse(IReadOnlyList<RunFacts> runs) => runs.SelectMany(Doubts).Any() ? " The run was not valid, so this proves nothing."
        : runs.Select(run => BusyMachine.Excuse(run.Description, run.Events)).FirstOrDefault(excuse => excuse is not null);

    /// <summary>What a run itself says against being believed.</summary>
    private static IEnumerable<GateResult> Doubts(RunFacts run) =>
        from result in run.Verdict.Results
        where result is { Kind: ResultKind.Validity, Verdict: not Verdict.Pass }
        select new GateResult { Layer = GateLayer.Validity, Rule = $"{run.Description.Id}: {result.Name}", Verdict = Verdict.Unknown, Summary = result.Summary };

    private static GateResult Exact(ExactRule rule, IReadOnlyList<RunFacts> runs, IReadOnlyDictionary<string, double> baseline)
    {
        var values = new List<double>();
        foreach (RunFacts run in runs)
        {
            IReadOnlyDictionary<string, double> metrics = RecordMetrics.Of(run);
            if (!metrics.TryGetValue(rule.Metric, out double value))
            {
                return Answer(rule, GateLayer.Exact, Verdict.Unknown, $"A run record has no '{rule.Metric}'; there is {string.Join(", ", metrics.Keys)}.") with { Count = runs.Count };
            }

            double parts = rule.Per is null ? 1 : metrics.GetValueOrDefault($"{rule.Per}.ok");
            if (parts == 0)
                return Answer(rule, GateLayer.Exact, Verdict.Unknown, $"No iteration of {rule.Per} was ok, so nothing can be counted by them.");
            values.Add(value / parts);
        }

        bool missing = new[] { rule.Max, rule.Min, rule.Equal }.Any(limit => limit is { Value: null } && !baseline.ContainsKey(rule.Text));
        double worst = values.FirstOrDefault(value => !missing && !Holds(rule, value, baseline), values[0]);
        string found = $"{Number(worst)} {(values.Count == 1 ? "was counted" : $"in one of {values.Count} runs")}{(rule.Per is null ? "" : $" for each {rule.Per}")}";
        GateResult answer = missing
            ? Answer(rule, GateLayer.Exact, Verdict.Unknown, $"{found}; the baseline holds no value to compare with.")
            : Answer(rule, GateLayer.Exact, Holds(rule, worst, baseline) ? Verdict.Pass : Verdict.Fail, $"{found}{Stored(rule, baseline)}.");
        // Checks that never got to their answer did not fail, and prove nothing either.
        int silent = runs.Sum(run => run.Verdict.Results.Count(result => result is { Kind: ResultKind.Check, Verdict: Verdict.Unknown }));
        if (rule.Metric == "checks.failed" && silent > 0 && answer.Verdict == Verdict.Pass)
            answer = answer with { Verdict = Verdict.Unknown, Summary = $"{answer.Summary} But {silent} did not get to an answer." };
        return answer with { Estimate = worst, Lower = worst, Upper = worst, Count = values.Count };
    }

    private static bool Holds(ExactRule rule, double value, IReadOnlyDictionary<string, double> baseline)
    {
        double Of(Limit limit) => limit.Value ?? baseline[rule.Text];
        double Slack(Limit limit) => Math.Abs(Of(limit)) * rule.WithinRatio;
        return (rule.Max is null || value <= Of(rule.Max) + Slack(rule.Max))
            && (rule.Min is null || value >= Of(rule.Min) - Slack(rule.Min))
            && (rule.Equal is null || Math.Abs(value - Of(rule.Equal)) <= Slack(rule.Equal));
    }

    private static string Stored(GateRule rule, IReadOnlyDictionary<string, double> baseline) =>
        baseline.TryGetValue(rule.Text, out double stored) ? $" (baseline {Number(stored)})" : "";

    private static GateResult Absolute(AbsoluteRule rule, IReadOnlyList<RunFacts> runs, IReadOnlyDictionary<string, double> baseline)
    {
        (double Estimate, double Lower, double Upper, long Count)? found = rule.Quantile is { } quantile ? Latency(rule, quantile, runs) : Availability(rule, runs);
        if (found is not { } measured)
            return Answer(rule, GateLayer.Absolute, Verdict.Unknown, $"Nothing of {rule.Scenario} was measured in phase {Written.Word(rule.Phase)}.");

        bool latency = rule.Quantile is not null;
        string Text(double value) => !double.IsFinite(value) ? "no bound" : latency ? Written.Duration(TimeSpan.FromMicroseconds(value)) : value.ToString("0.#####", CultureInfo.InvariantCulture);
        string summary = $"{Text(measured.Estimate)}, between {Text(measured.Lower)} and {Text(measured.Upper)} with {rule.Confidence:0.###} a side, from {Written.Count(measured.Count)} arrivals";
        double? limit = rule.Limit.Value ?? (baseline.TryGetValue(rule.Text, out double stored) ? stored * (latency ? 1 + rule.WithinRatio : 1 - rule.WithinRatio) : null);
        // Latencies must stay below their limit, availability above: in doubt neither red nor green.
        Verdict verdict = limit is not { } wanted ? Verdict.Unknown
            : (latency ? measured.Upper <= wanted : measured.Lower >= wanted) ? Verdict.Pass
            : (latency ? measured.Lower > wanted : measured.Upper < wanted) ? Verdict.Fail
            : Verdict.Unknown;
        // The run may have been valid for limits of its own that are wider than this one.
        double late = latency ? Lateness(rule, runs) : 0;
        if (verdict == Verdict.Fail && late > Math.Max(LatenessBorne, limit!.Value / 10))
        {
            return Answer(rule, GateLayer.Absolute, Verdict.Unknown, $"{summary} (limit {Text(limit.Value)}), but 1 in 100 arrivals was sent {Text(late)} late, so this proves nothing.") with
            {
                Estimate = measured.Estimate, Lower = measured.Lower, Upper = double.IsFinite(measured.Upper) ? measured.Upper : null, Count = measured.Count,
            };
        }

        string why = limit is null ? "; the baseline holds no value to compare with." : verdict == Verdict.Unknown ? $"; the limit {Text(limit.Value)} lies between, so longer runs are needed." : $" (limit {Text(limit.Value)}).";
        return Answer(rule, GateLayer.Absolute, verdict, summary + why) with
        {
            Estimate = measured.Estimate,
            Lower = measured.Lower,
            Upper = double.IsFinite(measured.Upper) ? measured.Upper : null,
            Count = measured.Count,
        };
    }

    private static (double, double, double, long)? Availability(AbsoluteRule rule, IReadOnlyList<RunFacts> runs)
    {
        ScenarioSample[] samples = [.. runs.SelectMany(run => run.Series).SelectMany(sample => sample.Scenarios).Where(sample =>
            sample.Scenario == rule.Scenario && sample.Step == rule.Step && sample.Phase == rule.Phase)];
        long ok = samples.Sum(sample => sample.Ok);
        long due = rule.Step is null ? samples.Sum(sample => sample.Due) : samples.Sum(sample => sample.Ok + sample.Refused + sample.Unknown);
        if (due == 0)
            return null;
        (double lower, double upper) = BinomialBounds.Share(ok, due, rule.Confidence);
        return ((double)ok / due, lower, upper, due);
    }

    private static (double, double, double, long)? Latency(AbsoluteRule rule, decimal quantile, IReadOnlyList<RunFacts> runs)
    {
        LatencyTag tag = rule.Step is null ? new(rule.Phase, rule.Scenario, LatencyTag.Response) : LatencyTag.ForStep(rule.Phase, rule.Scenario, rule.Step);
        HistogramBase all = RunRecordLatency.Merge(runs.SelectMany(run => run.Latency).Where(interval => interval.Tag == tag));
        if (all.TotalCount == 0)
            return null;
        (double lower, double upper) = BinomialBounds.Quantile(all, quantile, rule.Confidence);
        return (all.AtQuantile(quantile), lower, upper, all.TotalCount);
    }

    /// <summary>How late the arrivals of its scenario and phase were sent, but for one in a hundred: microseconds.</summary>
    private static double Lateness(AbsoluteRule rule, IReadOnlyList<RunFacts> runs)
    {
        var tag = new LatencyTag(rule.Phase, rule.Scenario, LatencyTag.Lateness);
        HistogramBase all = RunRecordLatency.Merge(runs.SelectMany(run => run.Latency).Where(interval => interval.Tag == tag));
        return all.TotalCount == 0 ? 0 : all.AtQuantile(0.99m);
    }

    private static GateResult Answer(GateRule rule, GateLayer layer, Verdict verdict, string summary) => new()
    {
        Layer = layer,
        Rule = rule.Text,
        Line = rule.Line,
        Verdict = verdict,
        Summary = summary,
    };

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
