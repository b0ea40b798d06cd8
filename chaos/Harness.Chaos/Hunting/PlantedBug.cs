namespace Harness.Chaos.Hunting;

/// <summary>A defect that the order system can be started with, and where it should come to light.</summary>
/// <param name="Name">As <c>target: { bug: … }</c> takes it.</param>
/// <param name="Mistake">What somebody did wrong, in one sentence.</param>
/// <param name="Experiment">The experiment that should show it, by the name of its file below <c>experiments/hunt</c>.</param>
/// <param name="FoundBy">The check that should fail.</param>
public sealed record PlantedBug(string Name, string Mistake, string Experiment, string FoundBy);
