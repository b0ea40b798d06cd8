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

    public ToxicStage CreateStage(Link link, ToxicDefinition toxic) =>
        NewStage(link, toxic, Chance.Draw(link, toxic));
}
