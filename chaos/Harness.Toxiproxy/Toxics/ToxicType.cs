using Harness.Toxiproxy.Links;

namespace Harness.Toxiproxy.Toxics;

/// <summary>A kind of toxic: what it is called, what it takes, and how it acts.</summary>
/// <param name="Name">Its <c>type</c> on the wire.</param>
/// <param name="Attributes">What it takes, in the order in which answers show it.</param>
/// <param name="NewStage">Makes what acts on one link.</param>
/// <param name="Read">Makes the client's record of it.</param>
internal sealed record ToxicType(
    string Name, IReadOnlyList<AttributeSpec> Attributes, Func<Link, ToxicDefinition, double, ToxicStage> NewStage, Func<AttributeValues, Toxic> Read)
{
    /// <summary>The name of the kind in errors about its attributes, as Go's decoder would have it: <c>SlowCloseToxic</c>.</summary>
    public string StructName => string.Concat(Name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..])) + "Toxic";

    /// <summary>What is wrong with values that have the right type; null when nothing is. May read files: it is not called on a loop.</summary>
    public Func<AttributeValues, string?> Problem { get; init; } = _ => null;

    /// <summary>What it makes of a new connection; null when it only acts on streams.</summary>
    public OpenDecision? Open { get; init; }

    /// <summary>How long it holds a new connection before the dial.</summary>
    public Func<AttributeValues, TimeSpan> OpenDelay { get; init; } = _ => TimeSpan.Zero;

    public ToxicStage CreateStage(Link link, ToxicDefinition toxic) =>
        NewStage(link, toxic, Chance.Draw(link.Connection, link.Stream, toxic));
}
