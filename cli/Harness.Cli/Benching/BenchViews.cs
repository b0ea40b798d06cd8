using Harness.Chaos.Benchmarks;
using Harness.Chaos.Benchmarks.Healing;
using Harness.Checks.Benchmarks;
using Harness.Load;
using Harness.Toxiproxy;

namespace Harness.Cli.Benching;

/// <summary>What <c>bench toxiproxy --json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Rows">Medians of all rounds.</param>
internal sealed record ToxiproxyBenchView(int FormatVersion, IReadOnlyList<ToxiproxyBenchRow> Rows);

/// <summary>What <c>bench checks --json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Rows">One for each history.</param>
internal sealed record CheckerBenchView(int FormatVersion, IReadOnlyList<CheckerMeasurement> Rows);

/// <summary>What <c>bench load --json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Result">What was measured.</param>
internal sealed record LoadBenchView(int FormatVersion, LoadBenchResult Result);

/// <summary>What <c>bench target --json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Environment">Where services and stores came from.</param>
/// <param name="Processors">Of this machine.</param>
/// <param name="LoadBefore">Processes that were running or ready when it began, over a minute; unknown where nobody can tell.</param>
/// <param name="Rows">One for each number.</param>
internal sealed record TargetBenchView(int FormatVersion, string Environment, int Processors, string LoadBefore, IReadOnlyList<TargetBenchRow> Rows);

/// <summary>What <c>bench heal --json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Environment">Where services and stores came from.</param>
/// <param name="Seed">Fixes the moments.</param>
/// <param name="Slowest">The slowest healing.</param>
/// <param name="Limit">That it must stay below.</param>
/// <param name="Moments">One for each run that was killed.</param>
internal sealed record HealBenchView(int FormatVersion, string Environment, int Seed, TimeSpan Slowest, TimeSpan Limit, IReadOnlyList<HealMoment> Moments);

/// <summary>What <c>bench gate --json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Gates">Resampled for each row.</param>
/// <param name="Rounds">Of three equal systems, that they were resampled from.</param>
/// <param name="Seed">Fixes what was drawn.</param>
/// <param name="Rows">One for each factor.</param>
/// <param name="Live">Whole gates on running systems; empty without <c>--live</c>.</param>
internal sealed record GateBenchView(int FormatVersion, int Gates, int Rounds, int Seed, IReadOnlyList<GateBenchRow> Rows, IReadOnlyList<LiveGateRow> Live);

/// <summary>Whole gates on running systems.</summary>
/// <param name="Candidate">What was different about it.</param>
/// <param name="Gates">How many were run.</param>
/// <param name="Red">How many failed.</param>
/// <param name="Green">How many passed; the rest was not decided.</param>
/// <param name="MeanEstimate">By how much the candidate was found slower, on average; 0.1 for 10 %.</param>
/// <param name="MeanRounds">Rounds a gate took, confirmation included.</param>
internal sealed record LiveGateRow(string Candidate, int Gates, int Red, int Green, double MeanEstimate, double MeanRounds);

/// <summary>How often a gate was wrong.</summary>
/// <param name="Factor">What the candidate's median was multiplied with; 1 for the same build twice.</param>
/// <param name="Red">Share of gates that were red.</param>
/// <param name="RedLower">Exact lower bound on it, 95 % with the upper.</param>
/// <param name="RedUpper">Exact upper bound on it.</param>
/// <param name="Green">Share of gates that were green; the rest was not decided.</param>
/// <param name="MeanRounds">Rounds a gate took, confirmation included.</param>
internal sealed record GateBenchRow(double Factor, double Red, double RedLower, double RedUpper, double Green, double MeanRounds);
