using HdrHistogram;

namespace Harness.Load.Recording;

/// <summary>What came of one step.</summary>
internal sealed class StepTally(string step, HistogramPool pool) : OutcomeTally
{
    private readonly LongHistogram _latency = pool.Rent();

    public string Step { get; } = step;

    public void Count(Outcome outcome, string error, long microseconds)
    {
        Count(outcome, error);
        _latency.RecordValue(microseconds);
    }

    public void Add(StepTally other)
    {
        base.Add(other);
        _latency.Add(other._latency);
    }

    public void Release() => pool.Return(_latency);

    public StepInterval ToInterval() => new()
    {
        Step = Step,
        Ok = Ok,
        Refused = Refused,
        Unknown = Unknown,
        Errors = Errors(),
        Latency = _latency.Copy(),
    };
}
