using System.Text.Json.Serialization;
using Harness.Checks.Cache;
using Harness.Checks.Pacelc;
using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports.Comparing;

/// <summary>One run of a comparison, in figures.</summary>
public sealed record ComparedRun
{
    /// <summary>The record's name.</summary>
    public required string Id { get; init; }

    /// <summary>Which experiment it was.</summary>
    public required string Experiment { get; init; }

    /// <summary>What it is called among the others: what sets it apart from those of its experiment.</summary>
    public required string Name { get; init; }

    /// <summary>What is not the same in all runs of the experiment, by name.</summary>
    public required IReadOnlyDictionary<string, string> Differs { get; init; }

    /// <summary>The record's folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Where services and stores came from.</summary>
    public required string Environment { get; init; }

    /// <summary>Fixed arrivals, keys and faults.</summary>
    public required int Seed { get; init; }

    /// <summary>The command that repeats the run.</summary>
    public required string Command { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The verdict and its first reason.</summary>
    public required string Sentence { get; init; }

    /// <summary>Checks of the data that failed, by name.</summary>
    public required IReadOnlyList<string> ChecksFailed { get; init; }

    /// <summary>Limits that were not kept, as written.</summary>
    public required IReadOnlyList<string> ExpectationsMissed { get; init; }

    /// <summary>What failed because its author predicted it, of a naive configuration; empty for all others.</summary>
    public required IReadOnlyList<string> FailedAsPredicted { get; init; }

    /// <summary>Why the run proves nothing; empty when it does.</summary>
    public required IReadOnlyList<string> Invalid { get; init; }

    /// <summary>A row for each scenario or step, and phase.</summary>
    public required IReadOnlyList<ComparedMeasure> Measures { get; init; }

    /// <summary>Reads that showed less than was known when they began; null when no version was read.</summary>
    public ShareEstimate? StaleReads { get; init; }

    /// <summary>From the first fault being in place until a scenario suffered; null when none did.</summary>
    public TimeSpan? FeltAfter { get; init; }

    /// <summary>From the last healing until every scenario that had suffered was well; null when none had, or when one was not well again.</summary>
    public TimeSpan? WellAfter { get; init; }

    /// <summary>A scenario suffered and was not well again when the run ended.</summary>
    public bool StayedUnwell { get; init; }

    /// <summary>From the later of the last healing and the end of the load until the data rested; null when it did not, or nobody looked.</summary>
    public TimeSpan? SettledAfter { get; init; }

    /// <summary>The data had not come to rest when the run ended.</summary>
    public bool NotSettled { get; init; }

    /// <summary>Loads of the database for each reason that there was to load; null without a cache.</summary>
    public double? LoadsPerExpiry { get; init; }

    [JsonIgnore]
    internal RunFacts Facts { get; init; } = null!;

    [JsonIgnore]
    internal RunBlocks Blocks { get; init; } = null!;

    internal static ComparedRun Of(RunInput input, string name, IReadOnlyDictionary<string, string> differs)
    {
        RunFacts facts = input.Facts;
        RunBlocks blocks = RunBlocks.Of(facts, input.History);
        Recovery[] felt = [.. Recovery.Of(facts).Where(one => one.FeltAfter is not null)];
        Settling settling = Settling.Of(facts);
        return new ComparedRun
        {
            Id = facts.Description.Id,
            Experiment = facts.Description.Experiment,
            Name = name,
            Differs = differs,
            Folder = input.Folder,
            Environment = facts.Description.Environment,
            Seed = facts.Description.Seed,
            Command = facts.Description.Command,
            Verdict = facts.Verdict.Verdict,
            Sentence = facts.Verdict.Sentence,
            ChecksFailed = Failed(facts, ResultKind.Check),
            ExpectationsMissed = Failed(facts, ResultKind.Expectation),
            FailedAsPredicted = [.. facts.Verdict.Results.Where(result => result.FailedAsPredicted).Select(result => result.Name)],
            Invalid = Failed(facts, ResultKind.Validity),
            Measures = blocks.Measures(),
            StaleReads = blocks.Stale(),
            FeltAfter = felt.Min(one => one.FeltAfter),
            WellAfter = felt.Any(one => one.WellAfter is null) ? null : felt.Max(one => one.WellAfter),
            StayedUnwell = felt.Any(one => one.WellAfter is null),
            SettledAfter = settling.After,
            NotSettled = settling.IsOpen,
            LoadsPerExpiry = input.LoadsPerExpiry,
            Facts = facts,
            Blocks = blocks,
        };
    }

    private static string[] Failed(RunFacts facts, ResultKind kind) =>
        [.. facts.Verdict.Results.Where(result => result.Kind == kind && result.Verdict == Verdict.Fail).Select(result => result.Name)];
}

/// <summary>A run as it comes into a comparison.</summary>
/// <param name="Facts">All that its own page is made from.</param>
/// <param name="Folder">Absolute.</param>
/// <param name="History">Its operations.</param>
/// <param name="LoadsPerExpiry">As the check of cache loads counts them; null without a cache.</param>
public sealed record RunInput(RunFacts Facts, string Folder, IReadOnlyList<Operation> History, double? LoadsPerExpiry)
{
    /// <exception cref="RecordException">A file of the record is damaged.</exception>
    public static RunInput Of(RunRecord record, RunVerdict verdict) => new(
        RunFacts.Of(record, verdict),
        record.Folder,
        record.History,
        new CacheLoadsCheck().Judge(record).Numbers.TryGetValue("loadsPerExpiry", out double loads) ? loads : null);
}
