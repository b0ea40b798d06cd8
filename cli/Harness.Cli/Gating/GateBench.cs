using System.Globalization;
using System.Text.Json;
using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Cli.Gating;

/// <summary>Measures how often a gate is wrong: on rounds of three equal systems, recorded before or measured now.</summary>
internal static class GateBench
{
    private static readonly double[] Factors = [1, 1.05, 1.1, 1.2];

    /// <param name="blocks">A file of recorded rounds, one JSON object a line; measured and, when named, saved there if it does not exist.</param>
    /// <param name="rounds">How many to measure when there are none.</param>
    /// <param name="gates">How many gates to resample for each row.</param>
    public static async Task RunAsync(string? blocks, int rounds, int gates, TimeSpan block, int seed, TextWriter output, CancellationToken runToken)
    {
        var gate = new GateFile { Name = "bench", File = "", Design = new PairedDesign { Block = block }, Relative = [new RelativeRule { Metric = "latency.p50", Text = "latency.p50" }] };
        IReadOnlyList<PairedRound> equal = blocks is not null && File.Exists(blocks)
            ? [.. File.ReadLines(blocks).Select(line => JsonSerializer.Deserialize<PairedRound>(line, RecordJson.Line)!)]
            : await MeasureAsync(gate, blocks, rounds, seed, runToken);
        await output.WriteLineAsync($"{gates} gates resampled from {equal.Count} rounds of three equal systems, seed {seed}, looks at {gate.Design.Rounds} and {gate.Design.MaxRounds} rounds\n");
        await output.WriteLineAsync("| candidate's p50 | red | 95 % bounds | green | mean rounds |\n|---|---|---|---|---|");
        foreach (double factor in Factors)
        {
            ErrorRates rates = await ErrorRates.ResampleAsync(gate, equal, factor, gates, seed, runToken);
            (double lower, double upper) = rates.RedBounds;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {(factor - 1) * 100:+0;-0;0} % | {rates.RedRatio:P2} | {lower:P2} to {upper:P2} | {(double)rates.Green / gates:P2} | {rates.MeanRounds:0} |"));
        }
    }

    private static async Task<IReadOnlyList<PairedRound>> MeasureAsync(GateFile gate, string? saveTo, int rounds, int seed, CancellationToken runToken)
    {
        await using BlockSource source = await BlockSource.StartAsync(gate, seed, runToken);
        IReadOnlyList<PairedRound> measured = await source.NextAsync(0, rounds, runToken);
        if (saveTo is not null)
            await File.WriteAllLinesAsync(saveTo, measured.Select(round => JsonSerializer.Serialize(round, RecordJson.Line)), runToken);
        return measured;
    }
}
