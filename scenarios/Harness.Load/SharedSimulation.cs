namespace Harness.Load;

/// <summary>What one scenario of a mix gets of a load that all of them share: together they get each arrival and each virtual user once.</summary>
/// <param name="Whole">The load of all.</param>
/// <param name="Share">Whose part of it this is.</param>
internal sealed record SharedSimulation(LoadSimulation Whole, MixShare Share) : LoadSimulation(Whole.During)
{
    public override IEnumerable<string> Problems()
    {
        foreach (string problem in Whole.Problems())
            yield return problem;
        if (Whole is ClosedSimulation { Iterations: not null })
            yield return "a count of iterations cannot be shared by a mix";
    }

    internal override LoadSimulation After(LoadSimulation previous) =>
        previous is SharedSimulation shared ? new SharedSimulation(Whole.After(shared.Whole), Share) : this;

    internal override LoadSimulation Lasting(TimeSpan during) => new SharedSimulation(Whole.Lasting(during), Share);

    // Not the scenario's own seed: every scenario of the mix must see the same whole.
    internal override IEnumerable<Arrival> Arrivals(ulong seed)
    {
        long number = 0;
        foreach (Arrival arrival in Whole.Arrivals(Share.Seed))
        {
            if (arrival.Copy is { } copy)
            {
                if (Share.HasCopy(copy))
                    yield return arrival with { Copy = Share.CopiesOf(copy) };
            }
            else if (Share.HasArrival(number++))
            {
                yield return arrival;
            }
        }
    }

    internal override int CopiesAt(TimeSpan elapsed) => Share.CopiesOf(Whole.CopiesAt(elapsed));
}
