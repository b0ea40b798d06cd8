using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Records;

namespace Harness.Chaos.Faults;

/// <summary>Something put wrong, for a while, that can be healed.</summary>
public abstract record Fault
{
    /// <summary>Unique within an experiment; letters, digits and hyphens.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it is injected, from the start of the fault phase.</summary>
    /// <value>Default 0.</value>
    public TimeSpan At { get; init; }

    /// <summary>How long it stays; it ends within the fault phase.</summary>
    public TimeSpan For { get; init; }

    /// <summary>The word that YAML uses for it.</summary>
    public abstract string Kind { get; }

    /// <summary>The links it is put on; none for a fault that is put on parts of the system.</summary>
    public virtual IReadOnlyList<Edge> Edges { get; init; } = [];

    /// <summary>The services and stores it is put on; none for a fault that is put on links.</summary>
    public virtual IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>What the kind needs beyond that, as a person writes it.</summary>
    public abstract IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>
    /// What of its parts only one fault at a time may change, such as <c>processes</c>: of two, whichever is healed first would undo the other, or bring
    /// back its change for good. Null when any number can be in place together.
    /// </summary>
    public virtual string? Holds => null;

    /// <summary>The thing that injects and heals it in a running environment.</summary>
    /// <param name="environment">The one that is broken.</param>
    /// <param name="time">What a fault that changes while it lasts goes by.</param>
    public abstract IInjection Prepare(IRunningEnvironment environment, TimeProvider time);

    /// <summary>The whole of it for people, but for its name and when.</summary>
    public string Described => string.Join(
        ", ",
        [
            $"{Kind} on {string.Join(" and ", [.. Edges.Select(edge => edge.ToString()), .. Parts])}",
            .. Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}"),
            $"for {Units.Text(For)}",
        ]);

    /// <summary>How the record describes it.</summary>
    public PlannedFault Planned => new(Name, Kind, [.. Edges.Select(edge => edge.ToString())], At, For, Parameters) { Parts = Parts };
}

/// <summary>A fault in one running environment.</summary>
public interface IInjection
{
    /// <summary>Puts it in place; may stop half-way, so <see cref="HealAsync"/> is called whatever happened here.</summary>
    Task InjectAsync(CancellationToken runToken);

    /// <summary>Takes away everything that was put in place, and tells what it was seen to do.</summary>
    /// <returns>The evidence: each number counts something done to the target, with its unit in its name; null when nobody could tell.</returns>
    Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken);
}
