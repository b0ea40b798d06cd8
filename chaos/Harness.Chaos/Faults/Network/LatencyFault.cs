using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Every chunk of data on the edge arrives later.</summary>
public sealed record LatencyFault : NetworkFault
{
    /// <summary>Added to each direction; a round trip takes twice as much more. The mean of a normal distribution, the least of a Pareto one.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>How far the delay strays: evenly by up to this much either way, or the standard deviation of a normal distribution.</summary>
    /// <value>Default 0; at most <see cref="Delay"/>.</value>
    public TimeSpan Jitter { get; init; }

    /// <summary>Null: even.</summary>
    public LatencyDistribution? Distribution { get; init; }

    /// <summary>Of a Pareto distribution: the smaller, the longer the tail; above 0.</summary>
    /// <value>Default 1.5: a finite mean of three times the least, and no finite variance.</value>
    public double Shape { get; init; } = 1.5;

    public override string Kind => LatencyFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => InDirection(Distribution switch
    {
        LatencyDistribution.Normal => new LatencyDistributionToxic { Distribution = LatencyDistribution.Normal, Latency = Delay, Spread = Jitter.TotalMilliseconds },
        LatencyDistribution.Pareto => new LatencyDistributionToxic { Distribution = LatencyDistribution.Pareto, Latency = Delay, Spread = Shape },
        _ => new LatencyToxic { Latency = Delay, Jitter = Jitter },
    });

    protected override IReadOnlyDictionary<string, string> Own
    {
        get
        {
            var own = new Dictionary<string, string> { ["delay"] = Units.Text(Delay) };
            if (Distribution is { } distribution)
                own["distribution"] = distribution.ToString().ToLowerInvariant();
            if (Distribution == LatencyDistribution.Pareto)
                own["shape"] = FormattableString.Invariant($"{Shape}");
            else
                own["jitter"] = Units.Text(Jitter);
            return own;
        }
    }
}

internal sealed class LatencyFaultKind : NetworkFaultKind
{
    public const string Word = "latency";

    public override string Name => Word;

    public override string Summary => "every chunk on an edge is delayed: delay, jitter, distribution (uniform, normal, pareto), shape";

    protected override NetworkFault ReadOwn(FaultFields fields)
    {
        TimeSpan delay = fields.Duration("delay");
        TimeSpan jitter = fields.Duration("jitter", TimeSpan.Zero);
        double? shape = fields.Own.Optional<double>("shape", Units.TryPositive, Units.PositiveForm);
        LatencyDistribution? distribution = fields.Own.Choice("distribution", "uniform", "normal", "pareto") switch
        {
            "normal" => LatencyDistribution.Normal,
            "pareto" => LatencyDistribution.Pareto,
            _ => null,
        };
        if (delay > TimeSpan.Zero && jitter > delay)
            fields.Own.Report("jitter", $"{Units.Text(jitter)} is more than the delay of {Units.Text(delay)}");
        if (distribution == LatencyDistribution.Pareto && jitter > TimeSpan.Zero)
            fields.Own.Report("jitter", "a pareto distribution has a shape and no jitter");
        if (distribution != LatencyDistribution.Pareto && shape is not null)
            fields.Own.Report("shape", "only a pareto distribution has one");
        return new LatencyFault { Delay = delay, Jitter = jitter, Distribution = distribution, Shape = shape ?? 1.5 };
    }
}
