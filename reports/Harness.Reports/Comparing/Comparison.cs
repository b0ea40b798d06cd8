using Harness.Records;

namespace Harness.Reports.Comparing;

/// <summary>Several runs side by side: the figures of each, and how they differ from what they are held against.</summary>
public sealed record Comparison
{
    /// <summary>Of the shape of <c>compare.json</c>; it changes only with this number.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Of this shape.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Fail when one failed, else unknown when one proved nothing.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What a person can quote: how many held, and the greatest difference that is no chance.</summary>
    public required string Sentence { get; init; }

    /// <summary>In the order they were named, those of an experiment together.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    /// <summary>Every pair of numbers that both sides have; runs that differ in nothing but the seed are taken together.</summary>
    public required IReadOnlyList<ComparedDifference> Differences { get; init; }

    /// <param name="inputs">At least one; of any experiments.</param>
    /// <param name="control">The id of the run to hold all others against; null for the first of each experiment (where every experiment
    /// was run once, for the first of all).</param>
    public static Comparison Of(IReadOnlyList<RunInput> inputs, string? control = null)
    {
        ComparedRun[][] groups = [.. inputs.GroupBy(input => input.Facts.Description.Experiment).Select(same => GroupOf([.. same]))];
        if (groups.All(group => group.Length == 1))
            groups = SetApart(groups, inputs);
        Arm[][] arms = [.. groups.Select(ArmsOf)];

        // Of one thing run again and again, the runs themselves are what can differ.
        if (arms is [[{ Runs.Count: > 1 } only]])
            arms = [[.. only.Runs.Select(run => new Arm(run.Experiment, run.Name, [run]))]];
        ComparedRun[] runs = [.. groups.SelectMany(group => group)];
        ComparedDifference[] differences = [.. Pairs(arms, control).SelectMany(pair => ComparedDifference.Between(pair.Control, pair.Other))];
        return new Comparison
        {
            Verdict = runs.Any(run => run.Verdict == Verdict.Fail) ? Verdict.Fail : runs.Any(run => run.Verdict == Verdict.Unknown) ? Verdict.Unknown : Verdict.Pass,
            Sentence = ComparisonSentence.Of(runs, differences),
            Runs = runs,
            Differences = differences,
        };
    }

    private static IEnumerable<(Arm Control, Arm Other)> Pairs(Arm[][] arms, string? control)
    {
        Arm[] all = [.. arms.SelectMany(group => group)];
        if (all.FirstOrDefault(arm => arm.Runs.Any(run => run.Id == control)) is { } chosen)
            return all.Where(arm => arm != chosen).Select(arm => (chosen, arm));
        return arms.All(group => group.Length == 1)
            ? all.Skip(1).Select(arm => (all[0], arm))
            : arms.SelectMany(group => group.Skip(1).Select(arm => (group[0], arm)));
    }

    private static ComparedRun[] GroupOf(IReadOnlyList<RunInput> same)
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> differs = RunTraits.Differing([.. same.Select(input => input.Facts.Description)]);
        return [.. same.Select((input, i) => ComparedRun.Of(input, RunTraits.NameOf(differs[i], input.Facts.Description.Experiment), differs[i]))];
    }

    // Different experiments, each once: told apart by their names, and by what else is not the same but for what makes an experiment.
    private static ComparedRun[][] SetApart(ComparedRun[][] groups, IReadOnlyList<RunInput> inputs)
    {
        string[] theirOwn = ["load", "faults", "timeline", RunTraits.Seed];
        IReadOnlyList<IReadOnlyDictionary<string, string>> differs = RunTraits.Differing([.. inputs.Select(input => input.Facts.Description)]);
        return [.. groups.Select((group, i) => new[] { group[0] with { Differs = differs[i].Where(trait => !theirOwn.Contains(trait.Key)).ToDictionary() } })];
    }

    private static Arm[] ArmsOf(ComparedRun[] group) =>
    [
        .. group.GroupBy(run => string.Join('\n', run.Differs.Where(trait => trait.Key != RunTraits.Seed).Select(trait => $"{trait.Key}\t{trait.Value}")))
            .Select(same => new Arm(same.First().Experiment, same.Count() == 1 ? same.First().Name : $"{same.First().Name} ({same.Count()} runs)", [.. same])),
    ];
}
