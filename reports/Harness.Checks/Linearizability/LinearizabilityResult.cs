using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>Whether a history could have come from an object that does one thing at a time.</summary>
/// <param name="Verdict">Unknown when the limits were reached first.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Keys">How many objects the history is about.</param>
/// <param name="Nodes">What the search looked at.</param>
/// <param name="Witness">For a fail: the operation that fits nowhere, and what was open beside it.</param>
public sealed record LinearizabilityResult(Verdict Verdict, string Summary, int Keys, long Nodes, Witness? Witness);
