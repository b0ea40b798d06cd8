namespace Harness.Load.Reporting;

/// <summary><c>load.json</c>: what came of a load. Latencies are in ms.</summary>
/// <param name="FormatVersion">Changes when a name goes or a meaning changes.</param>
/// <param name="Seed">Fixes arrivals and keys.</param>
/// <param name="DurationSeconds">The real time that the load took.</param>
/// <param name="Cancelled">Whether the user ended it.</param>
/// <param name="StopReason">Why it ended early; null when it did not.</param>
/// <param name="GeneratorKeptUp">Whether the numbers are the target's, and not the generator's own.</param>
/// <param name="Rows">One for each scenario, and behind it one for each of its steps.</param>
/// <param name="Thresholds">What was asked of the numbers.</param>
/// <param name="Generator">Its own health.</param>
public sealed record LoadSummary(
    int FormatVersion, int Seed, double DurationSeconds, bool Cancelled, string? StopReason, bool GeneratorKeptUp, IReadOnlyList<LoadRow> Rows,
    IReadOnlyList<ThresholdResult> Thresholds, GeneratorSummary Generator)
{
    public static LoadSummary Of(LoadResult result) => new(
        LoadReports.FormatVersion, result.Seed, result.Duration.TotalSeconds, result.Cancelled, result.StopReason, result.GeneratorKeptUp, LoadRow.Of(result),
        result.Thresholds, GeneratorSummary.Of(result.Generator));
}

/// <summary>What the generator says of itself.</summary>
/// <param name="Asked">Arrivals that were due.</param>
/// <param name="Sent">Those that were started.</param>
/// <param name="Late">Those that were started too late to count as on time.</param>
/// <param name="Dropped">Those that were not started, as too many were open.</param>
/// <param name="Open">Those that had not ended when nobody waited any longer.</param>
/// <param name="LatenessMsP50">From due to sent, median.</param>
/// <param name="LatenessMsP99">From due to sent, 99 %.</param>
/// <param name="LatenessMsMax">From due to sent, at most.</param>
/// <param name="CpuSeconds">Processor time of the whole process meanwhile.</param>
/// <param name="GcPauseMs">How long the garbage collector stopped it.</param>
/// <param name="Problems">Why it did not keep up; empty when it did.</param>
/// <param name="Notes">What else a reader should know.</param>
public sealed record GeneratorSummary(
    long Asked, long Sent, long Late, long Dropped, long Open, double LatenessMsP50, double LatenessMsP99, double LatenessMsMax, double CpuSeconds, double GcPauseMs,
    IReadOnlyList<string> Problems, IReadOnlyList<string> Notes)
{
    internal static GeneratorSummary Of(GeneratorCertificate generator) => new(
        generator.Asked, generator.Sent, generator.Late, generator.Dropped, generator.Open, generator.LatenessP50.TotalMilliseconds, generator.LatenessP99.TotalMilliseconds,
        generator.LatenessMax.TotalMilliseconds, generator.Cpu.TotalSeconds, generator.GcPause.TotalMilliseconds, generator.Problems, generator.Notes);
}
