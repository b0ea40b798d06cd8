using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Turns new connections away with a RST. (The handshake itself is the kernel's; a disabled proxy refuses it.)</summary>
public sealed record RefuseOpenToxic : Toxic
{
    internal static readonly ToxicType Wire = new(
        "refuse_open", [], (link, toxic, draw) => new PassingStage { Link = link, Toxic = toxic, Draw = draw }, _ => new RefuseOpenToxic())
    {
        Open = OpenDecision.Refuse,
    };

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [];
}
