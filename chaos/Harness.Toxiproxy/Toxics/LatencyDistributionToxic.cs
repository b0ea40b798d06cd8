using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Where a random delay is drawn from.</summary>
public enum LatencyDistribution
{
    /// <summary>Symmetric around the mean.</summary>
    Normal,

    /// <summary>Mostly near the least, now and then very long.</summary>
    Pareto,

    /// <summary>One of the delays in a file, each as likely.</summary>
    Samples,
}

/// <summary>Delays each chunk by a draw from a distribution.</summary>
public sealed record LatencyDistributionToxic : Toxic
{
    private const string KindName = "distribution", LatencyName = "latency", SpreadName = "spread", FileName = "file";
    private const double DelayMillisecondsMax = 86_400_000;

    internal static readonly ToxicType Wire = new(
        "latency_distribution",
        [AttributeSpec.Text(KindName), AttributeSpec.Number(LatencyName), AttributeSpec.Number(SpreadName), AttributeSpec.Text(FileName)],
        (link, toxic, draw) => new DistributionStage { Link = link, Toxic = toxic, Draw = draw },
        Read) { Problem = FindProblem };

    public LatencyDistribution Distribution { get; init; }

    /// <summary>Normal: the mean. Pareto: the least delay.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Normal: the standard deviation in milliseconds. Pareto: the shape, the smaller the longer the tail; must be positive.</summary>
    public double Spread { get; init; }

    /// <summary>Samples: a file on the server's machine with a delay in milliseconds on each line.</summary>
    public string File { get; init; } = "";

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() =>
        [(KindName, Distribution.ToString().ToLowerInvariant()), (LatencyName, Latency.TotalMilliseconds), (SpreadName, Spread), (FileName, File)];

    private static LatencyDistributionToxic Read(AttributeValues a) => new()
    {
        Distribution = Enum.TryParse(a.Text(KindName), ignoreCase: true, out LatencyDistribution known) ? known : default,
        Latency = TimeSpan.FromMilliseconds(Math.Clamp(a.Number(LatencyName), 0, DelayMillisecondsMax)),
        Spread = a.Number(SpreadName),
        File = a.Text(FileName),
    };

    private static string? FindProblem(AttributeValues a) => a.Text(KindName) switch
    {
        "normal" => null,
        "pareto" => a.Number(SpreadName) > 0 ? null : "pareto needs a spread above 0",
        "samples" => DelaySamples.Read(a.Text(FileName)),
        var other => $"distribution {other} is none of normal, pareto, samples",
    };

    private sealed class DistributionStage : DelayingStage
    {
        private Func<Random, double> _milliseconds = _ => 0;
        private Random? _random;

        public override void Start()
        {
            (double latency, double spread) = (Toxic.Attributes.Number(LatencyName), Toxic.Attributes.Number(SpreadName));
            _milliseconds = Toxic.Attributes.Text(KindName) switch
            {
                "normal" => random => latency + (spread * StandardNormal(random)),
                "pareto" => random => latency / Math.Pow(1 - random.NextDouble(), 1 / spread),
                _ => Samples(),
            };
        }

        protected override TimeSpan DrawDelay() =>
            TimeSpan.FromMilliseconds(Math.Clamp(_milliseconds(_random ??= Chance.Of(Link, Toxic)), 0, DelayMillisecondsMax));

        // Read and checked when the toxic was added; here it comes from memory.
        private Func<Random, double> Samples()
        {
            double[] samples = DelaySamples.Of(Toxic.Attributes.Text(FileName));
            return random => samples.Length == 0 ? 0 : samples[random.Next(samples.Length)];
        }

        // Box and Muller 1958.
        private static double StandardNormal(Random random) =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
