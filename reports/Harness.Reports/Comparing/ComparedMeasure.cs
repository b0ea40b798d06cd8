using Harness.Checks.Pacelc;
using Harness.Records;

namespace Harness.Reports.Comparing;

/// <summary>How one scenario, or one step of it, fared in one phase of a run.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">One step of it; null for the whole iteration, counted from its due time.</param>
/// <param name="Phase">The phase in which the arrivals were due.</param>
/// <param name="Available">Answered ok, of all that were due (of a step, of all that ended).</param>
/// <param name="P50">Null where too little was measured.</param>
/// <param name="P99">The same.</param>
public sealed record ComparedMeasure(string Scenario, string? Step, Phase Phase, ShareEstimate Available, QuantileEstimate? P50, QuantileEstimate? P99)
{
    /// <summary><c>checkout</c>, <c>checkout › place</c>.</summary>
    public string Name => NameOf(Scenario, Step);

    internal static string NameOf(string scenario, string? step) => step is null ? scenario : $"{scenario} › {step}";
}
