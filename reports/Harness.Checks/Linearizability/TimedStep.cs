using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>A step of one key's history, and when it was open.</summary>
/// <param name="Step">What it did.</param>
/// <param name="Invoked">When it was asked.</param>
/// <param name="Returned">When it came back; null for a crashed one, which may take effect at any later time or never.</param>
/// <param name="Source">What it was made from, for the witness.</param>
internal readonly record struct TimedStep(Step Step, TimeSpan Invoked, TimeSpan? Returned, Operation Source);
