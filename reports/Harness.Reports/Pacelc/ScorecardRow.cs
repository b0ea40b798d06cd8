using System.Globalization;
using Harness.Checks.Pacelc;
using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports.Pacelc;

/// <summary>A line of the scorecard: what it says of each mode, in the order of modes.</summary>
/// <param name="Group">What it belongs to.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Cells">One a mode.</param>
internal sealed record ScorecardRow(string Group, string Name, IReadOnlyList<string> Cells)
{
    public static IReadOnlyList<ScorecardRow> Of(Scorecard card) =>
        [.. Availability(card), .. Errors(card), .. Consistency(card), .. Latency(card), .. Convergence(card)];

    private static IEnumerable<ScorecardRow> Availability(Scorecard card)
    {
        const string Group = "Availability (ok within the deadline, of all that was due)";
        foreach ((string side, bool isRead) in card.Modes.SelectMany(mode => mode.Sides).Select(side => (side.Side, side.IsRead)).Distinct())
        {
            string name = $"{side} {(isRead ? "reads" : "writes")}";
            ScorecardRow Row(string what, Func<AvailabilityMeasure, string> cell) => Each(card, Group, $"{name}, {what}", mode =>
                mode.Sides.FirstOrDefault(one => one.Side == side && one.IsRead == isRead) is { } found ? cell(found) : Written.Nothing);
            yield return Row("normal", one => PerCent(one.Normal));
            yield return Row("cut", one => PerCent(one.Partition));
            if (!isRead && side == "orders")
                yield return Row("cut, first try", one => $"{PerCent(one.FirstTry)}");
            yield return Row("down", one => Written.Duration(one.Downtime));
        }

        yield return Each(card, Group, "full and fresh, of the ok ones", mode => PerCent(mode.Harvest));
        yield return Each(card, Group, "cut noticed after", mode => List(mode.Detected));
    }

    private static IEnumerable<ScorecardRow> Errors(Scorecard card)
    {
        const string Group = "Not ok under the cut, of all tries";
        yield return Each(card, Group, "refused at once (503)", mode => PerCent(mode.Errors.Refused));
        yield return Each(card, Group, "shed (429)", mode => PerCent(mode.Errors.Shed));
        yield return Each(card, Group, "not connected", mode => PerCent(mode.Errors.NotConnected));
        yield return Each(card, Group, "failed, no effect", mode => PerCent(mode.Errors.Failed));
        yield return Each(card, Group, "nobody knows", mode => PerCent(mode.Errors.Indeterminate));
        yield return Each(card, Group, "wrong", mode => mode.Errors.Wrong.Counted);
        yield return Each(card, Group, "never sent", mode => mode.Errors.NotSent.Counted);
        yield return Each(card, Group, "unknown orders: done/not/partly", mode =>
            $"{mode.Indeterminate.TookEffect} / {mode.Indeterminate.DidNot} / {mode.Indeterminate.Partly}");
    }

    private static IEnumerable<ScorecardRow> Consistency(Scorecard card)
    {
        foreach ((string group, Func<ModeScore, ConsistencyMeasure> of) in new (string, Func<ModeScore, ConsistencyMeasure>)[]
            { ("Consistency when nothing is wrong", mode => mode.Normal), ("Consistency from the cut on", mode => mode.Partition) })
        {
            yield return Each(card, group, "stale reads", mode => of(mode).Stale.Counted);
            yield return Each(card, group, "lag of these p50/p99/max", mode => of(mode).Stale.Hits == 0 ? Written.Nothing
                : $"{Short(of(mode).LagP50)}/{Short(of(mode).LagP99)}/{Short(of(mode).LagMax)}");
            yield return Each(card, group, "versions behind p99", mode => of(mode).Stale.Hits == 0 ? Written.Nothing : Written.Count(of(mode).LagVersionsP99));
            yield return Each(card, group, "99 %, 99.9 % of writes seen", mode => $"{Visible(of(mode).Visibility.At99)}, {Visible(of(mode).Visibility.At999)}");
            foreach (string guarantee in card.Modes.SelectMany(mode => of(mode).Sessions).Select(one => one.Name).Distinct())
            {
                yield return Each(card, group, $"{guarantee} broken", mode =>
                    of(mode).Sessions.FirstOrDefault(one => one.Name == guarantee) is { } found ? found.Broken.Counted : Written.Nothing);
            }

            yield return Each(card, group, "linearizable ok/not/unknown", mode =>
                $"{of(mode).Linearizability.Ok} / {of(mode).Linearizability.Illegal} / {of(mode).Linearizability.Unknown}");
        }

        yield return Each(card, "Consistency of the books at rest", "broken invariants", mode => mode.Invariants.Broken.Counted);
        foreach (string check in card.Modes.SelectMany(mode => mode.Invariants.Checks).Where(one => one.Violations > 0).Select(one => one.Name).Distinct())
            yield return Each(card, "Consistency of the books at rest", check, mode =>
                Written.Count(mode.Invariants.Checks.FirstOrDefault(one => one.Name == check)?.Violations ?? 0));
    }

    private static IEnumerable<ScorecardRow> Latency(Scorecard card)
    {
        foreach ((string kind, Phase phase) in card.Modes.SelectMany(mode => mode.Latency).Select(one => (one.Kind, one.Phase)).Distinct())
        {
            const string Group = "Latency p50/p99/p99.9 (a failure counts as its whole deadline)";
            ScorecardRow Row(string what, Func<LatencyMeasure, LatencyQuantiles> of) => Each(card, Group, $"{kind}, {what}", mode =>
                mode.Latency.FirstOrDefault(one => one.Kind == kind && one.Phase == phase) is { } found
                    ? $"{Short(of(found).P50)}/{Short(of(found).P99)}/{Short(of(found).P999)}" : Written.Nothing);
            string when = phase == Phase.Baseline ? "normal" : "cut";
            yield return Row($"{when}, ok", one => one.Ok);
            if (phase == Phase.Fault)
                yield return Row("cut, with failures", one => one.All);
        }
    }

    private static IEnumerable<ScorecardRow> Convergence(Scorecard card)
    {
        const string Group = "After healing";
        yield return Each(card, Group, "entities agree p50/p99/max", mode =>
            $"{Short(mode.Convergence.EntityP50)}/{Short(mode.Convergence.EntityP99)}/{Short(mode.Convergence.EntityMax)}");
        yield return Each(card, Group, "all agrees and rests", mode => List(mode.Convergence.Systems));
        yield return Each(card, Group, "reads as fast as before", mode => List(mode.Convergence.LatencyBack));
        yield return Each(card, Group, "disagreed at once, at most", mode => Written.Count(mode.Convergence.DivergencePeak));
        yield return Each(card, Group, "disagreed, entities × seconds", mode => Written.Number(mode.Convergence.DivergenceTime.TotalSeconds));
    }

    private static ScorecardRow Each(Scorecard card, string group, string name, Func<ModeScore, string> cell) =>
        new(group, name, [.. card.Modes.Select(cell)]);

    /// <summary><c>98.2 % (97.1-99.0)</c>; of nothing observed how little that shows.</summary>
    public static string PerCent(ShareEstimate share) => share.Count == 0 ? Written.Nothing
        : share.Hits == 0 ? share.Counted.Replace(" at 95 %", "", StringComparison.Ordinal)
        : string.Create(CultureInfo.InvariantCulture, $"{Tenths(share.Ratio)} % ({Tenths(share.Lower)}-{Tenths(share.Upper)})");

    // Cut and not rounded: only all of them are 100 %.
    private static string Tenths(double ratio) => (Math.Floor((decimal)ratio * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);

    private static string List(IEnumerable<TimeSpan?> each) => string.Join(", ", each.Select(one => one is { } known ? Short(known) : "never"));

    private static string Visible(TimeSpan? at) => at is { } known ? known == TimeSpan.Zero ? "at once" : Short(known) : "never";

    private static string Short(TimeSpan? time) => Written.Duration(time).Replace(" ", "", StringComparison.Ordinal);
}
