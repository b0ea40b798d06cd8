using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

/// <summary>Made-up rounds whose truth is known; noise that is shared by a round, noise of a block, and stalls now and then.</summary>
internal static class Rounds
{
    public static GateFile Gate(int rounds = 30, int maxRounds = 60, int confirm = 1) => new()
    {
        Name = "faster",
        File = "gates/faster.yaml",
        Relative = [new RelativeRule { Metric = "latency.p50", Text = "metric latency.p50, failAbove 2.5%", Line = 7 }],
        Design = new PairedDesign { Rounds = rounds, MaxRounds = maxRounds, Confirm = confirm },
    };

    public static IReadOnlyList<PairedRound> Of(int count, double candidate, double noise = 0.06, int seed = 1, double again = 1, double late = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Round())];

        PairedRound Round()
        {
            double machine = 2.5 * Math.Exp(0.3 * random.NextDouble());
            Dictionary<string, double> Block(double factor) => new()
            {
                ["latency.p50"] = machine * factor * Math.Exp(noise * Normal()) * (random.NextDouble() < 0.03 ? 5 : 1),
            };
            return new PairedRound(Block(1), Block(candidate), Block(again), late);
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
