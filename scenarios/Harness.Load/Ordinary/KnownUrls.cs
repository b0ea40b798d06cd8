using System.Collections.Concurrent;

namespace Harness.Load.Ordinary;

/// <summary>Addresses that were asked for before, so that they are read once.</summary>
internal static class KnownUrls
{
    // A load asks for a few addresses, or for so many that remembering them is in vain.
    private const int Most = 4096;

    private static readonly ConcurrentDictionary<string, Uri> Known = new(StringComparer.Ordinal);
    private static int s_count;

    public static Uri Of(string url)
    {
        if (Known.TryGetValue(url, out Uri? known))
            return known;
        var uri = new Uri(url, UriKind.RelativeOrAbsolute);
        if (Volatile.Read(ref s_count) < Most && Known.TryAdd(url, uri))
            Interlocked.Increment(ref s_count);
        return uri;
    }
}
