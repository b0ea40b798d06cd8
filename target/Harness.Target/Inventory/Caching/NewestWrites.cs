using System.Collections.Concurrent;

namespace Harness.Target.Inventory.Caching;

/// <summary>The newest version of each product that this process has written to the database. A load or a write that is overtaken by such a
/// write, and ends after the entry that it has made was evicted, finds no newer entry to give way to: it must be told from here.</summary>
/// <remarks>Of other processes' writes nothing is known here, so between processes only a living entry keeps the past away.</remarks>
public sealed class NewestWrites
{
    private readonly ConcurrentDictionary<string, long> _versions = new(StringComparer.Ordinal);

    /// <summary>A version is in the database.</summary>
    public void Note(string sku, long version) => _versions.AddOrUpdate(sku, version, (_, known) => Math.Max(known, version));

    /// <summary>Whether a version was written after this one.</summary>
    public bool IsAfter(string sku, long version) => _versions.TryGetValue(sku, out var newest) && newest > version;
}
