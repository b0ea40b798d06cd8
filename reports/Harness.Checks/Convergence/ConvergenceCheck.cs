using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Convergence;

/// <summary>How long the system went on disagreeing with itself after the last fault was healed. A cache disagrees for a while by
/// design, so it is only asked by name.</summary>
/// <remarks>Converged means: from some moment on no entity disagreed, reads went on for <see cref="Quiet"/> after it without showing
/// otherwise, and the system came to rest. When the reads end sooner than that, nothing was proven.</remarks>
public sealed class ConvergenceCheck : ICheck
{
    /// <summary>How long agreement must be seen to last.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public string Name => "convergence";

    public string Question => "How long after healing did all copies agree again, and did it last?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        var divergence = Divergence.Of(record.History);
        Dictionary<string, double> numbers = new()
        {
            ["divergencePeakEntities"] = divergence.Peak,
            ["divergenceEntitySeconds"] = divergence.EntityTime.TotalSeconds,
        };
        if (divergence.LastRead is not { } lastRead)
            return Answer(Verdict.Unknown, "No version was ever read.", numbers);
        if (record.Faults.Count == 0 || record.Faults.Any(fault => fault.End is null))
            return Answer(Verdict.Unknown, record.Faults.Count == 0 ? "There was no fault to recover from." : "A fault was never healed.", numbers);

        TimeSpan healed = record.Faults.Max(fault => fault.End!.Value);
        EntityConvergence[] entities = [.. divergence.After(healed).OrderBy(entity => entity.Took)];
        if (entities.Length == 0)
            return Answer(Verdict.Unknown, "Nothing was read after the last fault was healed.", numbers);

        numbers["entities"] = entities.Length;
        numbers["entityP50Seconds"] = At(entities, 0.5m);
        numbers["entityP99Seconds"] = At(entities, 0.99m);
        numbers["entityMaxSeconds"] = At(entities, 1);
        return Conclude(record, divergence, healed, lastRead, numbers);
    }

    private CheckResult Conclude(RunRecord record, Divergence divergence, TimeSpan healed, TimeSpan lastRead, Dictionary<string, double> numbers)
    {
        TimelineEvent? rest = record.Events.LastOrDefault(e => e.Kind is EventKind.Settled or EventKind.NotSettled);
        Witness? latest = Latest(record, divergence, healed);
        TimeSpan agreed = healed + TimeSpan.FromSeconds(numbers["entityMaxSeconds"]);
        string entities = $"{Plural.Of((long)numbers["entities"], "entity", "entities")} agreed {Seconds(agreed - healed)} after healing";
        if (rest?.Kind == EventKind.NotSettled)
            return Answer(Verdict.Fail, $"{entities}, but the system did not come to rest.", numbers, latest);
        if (rest is null)
            return Answer(Verdict.Unknown, $"{entities}; the record does not say whether the system came to rest.", numbers, latest);
        if (lastRead - agreed < Quiet)
        {
            return Answer(
                Verdict.Unknown, $"{entities}, but reads went on for only {Seconds(lastRead - agreed)} after that, which does not show that it lasted.", numbers, latest);
        }

        // At rest already when the fault was healed: then it is agreement alone that took time.
        TimeSpan all = (rest.At > agreed ? rest.At : agreed) - healed;
        numbers["systemSeconds"] = all.TotalSeconds;
        return Answer(Verdict.Pass, $"{entities}, and the system was at rest {Seconds(all)} after it.", numbers);
    }

    private static Witness? Latest(RunRecord record, Divergence divergence, TimeSpan healed)
    {
        Disagreement[] late = [.. divergence.Disagreements.Where(d => d.Until > healed).OrderByDescending(d => d.Until)];
        if (late.Length == 0)
            return null;

        var findings = new Findings(record);
        foreach (Disagreement one in late)
        {
            findings.AddShown(
                $"{one.Key} disagreed for {Seconds(one.Length)}: version {one.LastRead.Value} was still read, though a newer one was known,",
                one.LastRead);
        }

        return findings.Witness();
    }

    private static double At(EntityConvergence[] ascending, decimal quantile) =>
        ascending[(int)Math.Ceiling(quantile * ascending.Length) - 1].Took.TotalSeconds;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture) + " s";

    private CheckResult Answer(Verdict verdict, string summary, Dictionary<string, double> numbers, Witness? witness = null) =>
        new() { Name = Name, Kind = ResultKind.Check, Verdict = verdict, Summary = summary, Numbers = numbers, Witness = witness };
}
