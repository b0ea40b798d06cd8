using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Does nothing.</summary>
public sealed record NoopToxic : Toxic
{
    internal static readonly ToxicType Wire = new(
        "noop", [], (link, toxic, draw) => new PassingStage { Link = link, Toxic = toxic, Draw = draw }, _ => new NoopToxic());

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [];
}
