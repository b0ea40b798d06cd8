namespace Harness.Reports.Gates;

/// <summary>One round: the same arrivals put to each arm in turn, in random order, and what each metric came to in each block.</summary>
/// <param name="Control">By metric.</param>
/// <param name="Candidate">By metric.</param>
/// <param name="Again">The control a second time, in a system of its own: what two equal builds differ by.</param>
/// <param name="LateRatio">The share of sends of this round that were later than planned by 5 ms or more.</param>
public sealed record PairedRound(
    IReadOnlyDictionary<string, double> Control,
    IReadOnlyDictionary<string, double> Candidate,
    IReadOnlyDictionary<string, double> Again,
    double LateRatio);

/// <summary>Measures the next rounds of an attempt.</summary>
/// <param name="attempt">0, then 1 for the first confirmation.</param>
/// <param name="count">How many more.</param>
/// <param name="runToken">Ends it.</param>
public delegate ValueTask<IReadOnlyList<PairedRound>> RoundSource(int attempt, int count, CancellationToken runToken);
