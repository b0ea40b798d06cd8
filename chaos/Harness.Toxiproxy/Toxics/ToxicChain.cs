namespace Harness.Toxiproxy.Toxics;

/// <summary>All toxics of a proxy at one moment, in order of addition. Immutable: a change makes another.</summary>
internal sealed class ToxicChain
{
    private readonly ToxicDefinition[] _upstream;
    private readonly ToxicDefinition[] _downstream;

    public static readonly ToxicChain Empty = new([]);

    private ToxicChain(IReadOnlyList<ToxicDefinition> all)
    {
        All = all;
        _upstream = [.. all.Where(t => t.ActsOn(ToxicStream.Upstream))];
        _downstream = [.. all.Where(t => t.ActsOn(ToxicStream.Downstream))];
    }

    /// <summary>In order of addition.</summary>
    public IReadOnlyList<ToxicDefinition> All { get; }

    /// <summary>As lists show them: those of the upstream direction first. One that acts on both ways stands there once.</summary>
    public IEnumerable<ToxicDefinition> Listed => _upstream.Concat(_downstream.Where(t => t.Stream == ToxicStream.Downstream));

    /// <summary>True when some toxic acts on connections before they are dialled.</summary>
    public bool ActsOnOpening => All.Any(t => t.Type.Open is not null);

    public IReadOnlyList<ToxicDefinition> Of(ToxicStream stream) => stream == ToxicStream.Upstream ? _upstream : _downstream;

    public ToxicDefinition? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    public ToxicChain With(ToxicDefinition added) => new([.. All, added]);

    public ToxicChain Replace(ToxicDefinition changed) => new([.. All.Select(t => t.IsSameToxic(changed) ? changed : t)]);

    public ToxicChain Without(ToxicDefinition removed) => WithoutAll(removed.IsSameToxic);

    public ToxicChain WithoutAll(Func<ToxicDefinition, bool> removed) => new([.. All.Where(t => !removed(t))]);
}
