using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults;

/// <summary>What every fault has, already read, and the reader for what only one kind has.</summary>
/// <param name="Name">As written, or the kind with a number.</param>
/// <param name="Edges">Known to the environment.</param>
/// <param name="At">From the start of the fault phase.</param>
/// <param name="For">As written, or to the end of the fault phase.</param>
/// <param name="Own">Reads the fields of the kind.</param>
public sealed record FaultFields(string Name, IReadOnlyList<Edge> Edges, TimeSpan At, TimeSpan For, MappingReader Own);
