using Harness.Chaos.Environments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>A fault made of toxics on the proxies of its edges.</summary>
public abstract record NetworkFault : Fault
{
    /// <summary>Which way the data goes that is hit: upstream from the caller, downstream back to it.</summary>
    /// <value>Default both.</value>
    public ToxicStream Direction { get; init; } = ToxicStream.Both;

    /// <summary>The toxics to put on the proxy of each edge; at most one a stream.</summary>
    public abstract IReadOnlyList<Toxic> Toxics { get; }

    /// <summary>What the kind needs beyond edges and direction.</summary>
    protected abstract IReadOnlyDictionary<string, string> Own { get; }

    public sealed override IReadOnlyDictionary<string, string> Parameters => Direction == ToxicStream.Both
        ? Own
        : new Dictionary<string, string>(Own) { ["direction"] = Direction.ToString().ToLowerInvariant() };

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new ToxicInjection(this, environment, time);

    /// <summary>A toxic for each direction that is hit.</summary>
    protected IReadOnlyList<Toxic> InDirection(Toxic toxic) => Direction == ToxicStream.Both
        ? [toxic with { Stream = ToxicStream.Upstream }, toxic with { Stream = ToxicStream.Downstream }]
        : [toxic with { Stream = Direction }];
}

/// <summary>Reads edges and direction for the kinds that have them.</summary>
internal abstract class NetworkFaultKind : IFaultKind
{
    public abstract string Name { get; }

    public abstract string Summary { get; }

    /// <summary>Whether the kind acts on data that goes somewhere, rather than on connections.</summary>
    protected virtual bool HasDirection => true;

    public Fault Read(FaultFields fields)
    {
        NetworkFault fault = ReadOwn(fields);
        return fault with
        {
            Edges = fault.Edges.Count > 0 ? fault.Edges : fields.Edges(),
            Direction = HasDirection ? fields.Direction() : fault.Direction,
        };
    }

    /// <summary>Reads what only this kind has.</summary>
    protected abstract NetworkFault ReadOwn(FaultFields fields);
}
