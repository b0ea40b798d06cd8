using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Never answers new connections: the client is connected and nothing comes, until the toxic goes and the upstream is dialled.</summary>
public sealed record HangOpenToxic : Toxic
{
    internal static readonly ToxicType Wire = new(
        "hang_open", [], (link, toxic, draw) => new PassingStage { Link = link, Toxic = toxic, Draw = draw }, _ => new HangOpenToxic())
    {
        Open = OpenDecision.Hang,
    };

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [];
}
