using HdrHistogram;

namespace Harness.Load.Recording;

/// <summary>What came of one step.</summary>
internal sealed class StepTally(string step, HistogramPool pool) : OutcomeTally
{
    private readonly LongHistogram _ok = pool.Rent();
    private LongHistogram? _failed;

    public string Step { get; } = step;

    public void Count(Outcome outcome, string error, long microseconds)
    {
        Count(outcome, error);
        (outcome == Outcome.Ok ? _ok : _failed ??= pool.Rent()).RecordValue(microseconds);
    }

    public void Add(StepTally other)
    {
        base.Add(other);
        _ok.Add(other._ok);
        if (other._failed is not null)
            (_failed ??= pool.Rent()).Add(other._failed);
    }

    public void Release()
    {
        pool.Return(_ok);
        if (_failed is not null)
            pool.Return(_failed);
    }

    public StepInterval ToInterval() => new()
    {
        Step = Step,
        Ok = Ok,
        Refused = Refused,
        Unknown = Unknown,
        Errors = Errors(),
        OkLatency = HistogramPool.Copy(_ok),
        FailedLatency = HistogramPool.Copy(_failed),
    };
}
