using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>A search over one key, whatever its model.</summary>
internal interface ILinearizabilitySearch
{
    /// <summary>How many nodes were looked at.</summary>
    long Nodes { get; }

    /// <summary>How many are remembered: what the search takes of memory.</summary>
    int VisitedCount { get; }

    /// <summary>How far any order got: the return at its end is the first that no order got past.</summary>
    int DeepestLevel { get; }

    /// <summary>The states that were possible there.</summary>
    IReadOnlySet<long> DeepestStates { get; }

    SearchPlan Plan { get; }

    Verdict Continue(long nodes);
}
