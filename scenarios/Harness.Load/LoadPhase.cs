namespace Harness.Load;

/// <summary>A named part of a run, up to the next one. An arrival belongs to the phase in which it is due.</summary>
/// <param name="Name">As it appears in intervals and results.</param>
/// <param name="Start">Since the load's start; arrivals before the first phase belong to a phase without a name.</param>
public sealed record LoadPhase(string Name, TimeSpan Start);
