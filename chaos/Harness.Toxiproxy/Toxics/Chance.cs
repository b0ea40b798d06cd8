using System.Numerics;
using Harness.Toxiproxy.Links;

namespace Harness.Toxiproxy.Toxics;

/// <summary>Everything that chance decides, as a function of the seed, the proxy, the connection's number and the toxic: a run repeats
/// when its connections come in the same order, whatever the threads do.</summary>
internal static class Chance
{
    /// <summary>The draw of a connection for a toxic, in [0, 1); infinite, so that nothing hits it, when the toxic is not for that client.</summary>
    public static double Draw(Connection connection, ToxicStream stream, ToxicDefinition toxic) =>
        toxic.Clients.Matches(connection.ClientAddress.Address) ? Of(connection, stream, toxic, "draw").NextDouble() : double.PositiveInfinity;

    /// <summary>The stream of draws that a toxic makes on one link.</summary>
    public static Random Of(Link link, ToxicDefinition toxic) => Of(link.Connection, link.Stream, toxic, "stage");

    private static SplitMixRandom Of(Connection connection, ToxicStream stream, ToxicDefinition toxic, string purpose)
    {
        ulong hash = Fnv1a((ulong)connection.Group.Proxy.Seed, connection.Group.Proxy.Name);
        hash = Fnv1a(hash, toxic.Name);
        hash = Fnv1a(hash, purpose);
        hash = Fnv1a(hash, stream == ToxicStream.Upstream ? "upstream" : "downstream");
        return new SplitMixRandom(hash ^ BitOperations.RotateLeft((ulong)connection.Number * 0x9E3779B97F4A7C15, 17));
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
