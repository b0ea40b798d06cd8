using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>Lets two searches go on in turns; whichever answers first is right, for both look at everything. The second gets the smaller share.</summary>
/// <remarks>The second gets going only when the first has not found anything soon: most histories are decided before that.</remarks>
internal sealed class SearchRace(ILinearizabilitySearch first, Func<ILinearizabilitySearch> second) : ILinearizabilitySearch
{
    private const long HeadStart = 20_000;
    private ILinearizabilitySearch? _second;
    private ILinearizabilitySearch? _winner;

    public long Nodes => first.Nodes + (_second?.Nodes ?? 0);

    public int VisitedCount => first.VisitedCount + (_second?.VisitedCount ?? 0);

    public int DeepestLevel => Shown.DeepestLevel;

    public IReadOnlySet<long> DeepestStates => Shown.DeepestStates;

    public SearchPlan Plan => first.Plan;

    private ILinearizabilitySearch Shown => _winner ?? first;

    public Verdict Continue(long nodes)
    {
        bool alone = first.Nodes < HeadStart;
        Verdict verdict = Of(first, alone ? nodes : nodes - nodes / 16);
        if (verdict != Verdict.Unknown || alone)
            return verdict;

        return Of(_second ??= second(), nodes / 16 + 1);
    }

    private Verdict Of(ILinearizabilitySearch search, long nodes)
    {
        Verdict verdict = search.Continue(nodes);
        if (verdict != Verdict.Unknown)
            _winner = search;
        return verdict;
    }
}
