namespace Harness.Load.Running;

/// <summary>Finds the phase of a moment. Number 0 is the time before the first phase, which has no name.</summary>
internal sealed class PhaseTable(IReadOnlyList<LoadPhase> phases)
{
    private readonly TimeSpan[] _starts = [.. phases.Select(phase => phase.Start)];

    public IReadOnlyList<string> Names { get; } = ["", .. phases.Select(phase => phase.Name)];

    public int At(TimeSpan elapsed)
    {
        int phase = _starts.Length;
        while (phase > 0 && elapsed < _starts[phase - 1])
            phase--;
        return phase;
    }
}
