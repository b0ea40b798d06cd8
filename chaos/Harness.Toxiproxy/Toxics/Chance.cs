using System.Numerics;
using Harness.Toxiproxy.Links;

namespace Harness.Toxiproxy.Toxics;

/// <summary>Everything that chance decides, as a function of the seed, the proxy, the connection's number and the toxic: a run repeats
/// when its connections come in the same order, whatever the threads do.</summary>
internal static class Chance
{
    /// <summary>The draw of a connection for a toxic, in [0, 1).</summary>
    public static double Draw(Link link, ToxicDefinition toxic) => Of(link, toxic, "draw").NextDouble();

    /// <summary>The stream of draws that a toxic makes on one link.</summary>
    public static Random Of(Link link, ToxicDefinition toxic, string purpose = "stage")
    {
        ulong hash = Fnv1a((ulong)link.Connection.Group.Proxy.Seed, link.Connection.Group.Proxy.Name);
        hash = Fnv1a(hash, toxic.Name);
        hash = Fnv1a(hash, purpose);
        hash = Fnv1a(hash, link.Stream == ToxicStream.Upstream ? "upstream" : "downstream");
        return new SplitMixRandom(hash ^ BitOperations.RotateLeft((ulong)link.Connection.Number * 0x9E3779B97F4A7C15, 17));
    }

    // FNV-1a, 64 bit (Fowler, Noll, Vo): string.GetHashCode differs between two runs of one program.
    private static ulong Fnv1a(ulong hash, string text)
    {
        hash ^= 0xCBF29CE484222325;
        foreach (char c in text)
            hash = (hash ^ c) * 0x100000001B3;
        return hash;
    }
}
