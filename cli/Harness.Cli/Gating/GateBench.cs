using System.Globalization;
using System.Text.Json;
using Harness.Cli.Benching;
using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Cli.Gating;

/// <summary>Measures how often a gate is wrong: on rounds of three equal systems, recorded before or measured now.</summary>
internal static class GateBench
{
    /// <summary>A tenth slower, beside which what a request costs without them is small.</summary>
    private static readonly TimeSpan LiveControl = TimeSpan.FromMilliseconds(40), LiveCandidate = TimeSpan.FromMilliseconds(44);

    private static readonly double[] Factors = [1, 1.05, 1.1, 1.2];

    /// <param name="blocks">A file of recorded rounds, one JSON object a line; measured and, when named, saved there if it does not exist.</param>
    /// <param name="rounds">How many to measure when there are none.</param>
    /// <param name="gates">How many gates to resample for each row.</param>
    /// <param name="live">How many gates to run from their first block to their verdict, on equal systems and on one that is slower; 0 for none.</param>
    public static async Task<GateBenchView> RunAsync(string? blocks, int rounds, int gates, int live, TimeSpan block, int seed, TextWriter output, CancellationToken runToken)
    {
        var gate = new GateFile { Name = "bench", File = "", Design = new PairedDesign { Block = block }, Relative = [new RelativeRule { Metric = "latency.p50", Text = "latency.p50" }] };
        IReadOnlyList<PairedRound> equal = blocks is not null && File.Exists(blocks)
            ? [.. File.ReadLines(blocks).Select(line => JsonSerializer.Deserialize<PairedRound>(line, RecordJson.Line)!)]
            : await MeasureAsync(gate, blocks, rounds, seed, runToken);
        await output.WriteLineAsync($"{gates} gates resampled from {equal.Count} rounds of three equal systems, seed {seed}, looks at {gate.Design.Rounds} and {gate.Design.MaxRounds} rounds\n");
        await output.WriteLineAsync("| candidate's p50 | red | 95 % bounds | green | mean rounds |\n|---|---|---|---|---|");
        var rows = new List<GateBenchRow>();
        foreach (double factor in Factors)
        {
            ErrorRates rates = await ErrorRates.ResampleAsync(gate, equal, factor, gates, seed, runToken);
            (double lower, double upper) = rates.RedBounds;
            rows.Add(new GateBenchRow(factor, rates.RedRatio, lower, upper, (double)rates.Green / gates, rates.MeanRounds));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {(factor - 1) * 100:+0;-0;0} % | {rates.RedRatio:P2} | {lower:P2} to {upper:P2} | {(double)rates.Green / gates:P2} | {rates.MeanRounds:0} |"));
        }

        return new GateBenchView(1, gates, equal.Count, seed, rows, live == 0 ? [] : await LiveAsync(gate, live, seed, output, runToken));
    }

    /// <summary>Whole gates on running systems: three that are equal, and then a candidate that is slower by a delay on its wire.</summary>
    private static async Task<IReadOnlyList<LiveGateRow>> LiveAsync(GateFile gate, int gates, int seed, TextWriter output, CancellationToken runToken)
    {
        await output.WriteLineAsync($"\n{gates} whole gates on running systems for each row\n");
        await output.WriteLineAsync("| candidate | red | green | not decided | mean estimate | mean rounds |\n|---|---|---|---|---|---|");
        await using BlockSource source = await BlockSource.StartAsync(gate, seed, runToken);
        var rows = new List<LiveGateRow> { await LiveAsync("the same", gate, gates, source, 0, output, runToken) };
        await source.DelayAsync(LiveControl, LiveCandidate, runToken);
        rows.Add(await LiveAsync($"{LiveCandidate.TotalMilliseconds:0} ms on its wire, {LiveControl.TotalMilliseconds:0} ms on the control's", gate, gates, source, gates, output, runToken));
        return rows;
    }

    private static async Task<LiveGateRow> LiveAsync(string name, GateFile gate, int gates, BlockSource source, int before, TextWriter output, CancellationToken runToken)
    {
        int red = 0, green = 0, rounds = 0;
        double estimates = 0;
        for (int number = 0; number < gates; number++)
        {
            // Every gate, and every attempt of it, has arrivals of its own.
            int first = (before + number) * (gate.Design.Confirm + 1);
            IReadOnlyList<GateResult> found = await PairedGate.RunAsync(gate, Next, progress: null, runToken);
            var outcome = new GateOutcome { Gate = gate.Name, File = gate.File, Command = "", Results = found };
            red += outcome.Verdict == Verdict.Fail ? 1 : 0;
            green += outcome.Verdict == Verdict.Pass ? 1 : 0;
            estimates += found.First(result => result.Layer == GateLayer.Relative).Estimate ?? 0;

            ValueTask<IReadOnlyList<PairedRound>> Next(int attempt, int count, CancellationToken token)
            {
                rounds += count;
                return source.NextAsync(first + attempt, count, token);
            }
        }

        var row = new LiveGateRow(name, gates, red, green, estimates / gates, (double)rounds / gates);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Candidate} | {row.Red} | {row.Green} | {row.Gates - row.Red - row.Green} | {row.MeanEstimate:+0.0 %;-0.0 %;0.0 %} | {row.MeanRounds:0} |"));
        return row;
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
