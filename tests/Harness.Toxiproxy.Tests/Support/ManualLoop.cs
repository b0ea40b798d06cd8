using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>A loop on the test's own thread, whose time passes only when the test says so.</summary>
internal sealed class ManualLoop : Loop
{
    private TimeSpan _now = TimeSpan.FromHours(1);

    public override TimeSpan Now => _now;

    /// <summary>Lets time pass, stopping at each timer on the way.</summary>
    public void Advance(TimeSpan time)
    {
        TimeSpan end = _now + time;
        RunAll();
        while (NextDue is { } due && due <= end)
        {
            _now = due > _now ? due : _now;
            RunAll();
        }
        _now = end;
        RunAll();
    }

    /// <summary>Runs everything that is due now.</summary>
    public void RunAll()
    {
        do
            RunDue();
        while (HasWork || NextDue <= _now);
    }

    protected override void Wake() { }
}
