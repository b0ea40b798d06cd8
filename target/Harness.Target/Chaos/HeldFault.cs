using System.Collections.Concurrent;

namespace Harness.Target.Chaos;

/// <summary>A fault that is in place, and what it was seen to do.</summary>
public sealed class HeldFault(string name, ServiceFault fault)
{
    private readonly ConcurrentDictionary<string, double> _evidence = new(StringComparer.Ordinal);

    public string Name => name;

    public ServiceFault Fault => fault;

    /// <summary>When its holder was last heard, as <see cref="TimeProvider.GetTimestamp"/> has it.</summary>
    internal long RenewedAt { get; set; }

    internal IAsyncDisposable? Effect { get; set; }

    /// <summary>Adds to what it did.</summary>
    /// <param name="what">With its unit, like <c>messages delayed</c>.</param>
    /// <param name="count">How many more.</param>
    public void Count(string what, double count = 1) => _evidence.AddOrUpdate(what, static (_, more) => more, static (_, before, more) => before + more, count);

    /// <summary>Notes the largest of what was measured.</summary>
    public void Most(string what, double value) => _evidence.AddOrUpdate(what, static (_, now) => now, static (_, before, now) => Math.Max(before, now), value);

    public HeldView View() => new(name, _evidence.ToDictionary(StringComparer.Ordinal));
}
