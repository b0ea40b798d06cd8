using System.Runtime.CompilerServices;
using System.Text;
using Harness.Load.Raw;

namespace Harness.Load.Ordinary;

/// <summary>Where a request goes, as it stands on the wire.</summary>
/// <param name="Uri">What it was made of.</param>
/// <param name="Lane">The connections to its host and port.</param>
/// <param name="PathAndQuery">Behind the method.</param>
/// <param name="Host">The header's value, when the request brings none.</param>
internal sealed record RequestTarget(Uri Uri, LoopLane Lane, byte[] PathAndQuery, byte[] Host);

/// <summary>Remembers the last targets by the <see cref="Uri"/> object that they were made of.</summary>
internal sealed class RequestTargets
{
    // A power of two; a load asks for a few addresses, or for so many that remembering them is in vain.
    private const int Places = 1024;

    private readonly RequestTarget?[] _places = new RequestTarget?[Places];

    public RequestTarget Of(Uri uri, LaneHandler handler)
    {
        ref RequestTarget? place = ref _places[RuntimeHelpers.GetHashCode(uri) & (Places - 1)];
        if (Volatile.Read(ref place) is { } known && ReferenceEquals(known.Uri, uri))
            return known;
        var made = new RequestTarget(
            uri,
            handler.LaneTo(uri.IdnHost, uri.Port),
            Encoding.ASCII.GetBytes(uri.PathAndQuery),
            Encoding.ASCII.GetBytes(HostOf(uri)));
        Volatile.Write(ref place, made);
        return made;
    }

    private static string HostOf(Uri uri)
    {
        string host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
    }
}
