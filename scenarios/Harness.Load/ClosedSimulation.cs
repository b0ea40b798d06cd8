namespace Harness.Load;

/// <summary>Virtual users who each begin an iteration as soon as their last one has ended: a slow target gets less load, and the response
/// time of a closed model does not say how long someone from outside would have waited.</summary>
/// <param name="From">Virtual users at the start; null to go on from where the simulation before ended.</param>
/// <param name="To">Virtual users at the end.</param>
/// <param name="During">How long it takes.</param>
internal sealed record ClosedSimulation(int? From, int To, TimeSpan During) : LoadSimulation(During)
{
    /// <summary>How many iterations there are to be; null for as many as the time allows.</summary>
    public int? Iterations { get; init; }

    internal override int FinalCopies => To;

    public override IEnumerable<string> Problems()
    {
        foreach (string problem in base.Problems())
            yield return problem;
        if (To < 0)
            yield return $"{To} copies; it must be 0 or more";
        if (Iterations < 1)
            yield return $"{Iterations} iterations; it must be 1 or more";
    }

    internal override LoadSimulation After(LoadSimulation previous) => From is null ? this with { From = previous.FinalCopies } : this;

    internal override int CopiesAt(TimeSpan elapsed)
    {
        int from = From ?? 0;
        if (elapsed < TimeSpan.Zero || elapsed >= During)
            return 0;
        return from == To ? To : from + (int)Math.Round((To - from) * (elapsed / During), MidpointRounding.ToZero);
    }

    /// <summary>Each copy starts when the line from <see cref="From"/> to <see cref="To"/> reaches it.</summary>
    internal override IEnumerable<Arrival> Arrivals(ulong seed)
    {
        int from = From ?? 0;
        for (int copy = 0; copy < Math.Max(from, To); copy++)
        {
            TimeSpan due = copy < from ? TimeSpan.Zero : During * ((copy + 1.0 - from) / (To - from));
            if (due < During)
                yield return new Arrival(due, copy);
        }
    }
}
