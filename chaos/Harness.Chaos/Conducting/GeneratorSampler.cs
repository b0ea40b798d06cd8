using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>What the harness's own process (load and proxies) cost since it was last asked.</summary>
internal sealed class GeneratorSampler(RunClock clock)
{
    private TimeSpan _at = clock.Now;
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private TimeSpan _pause = GC.GetTotalPauseDuration();

    public GeneratorSample Sample()
    {
        (TimeSpan at, TimeSpan cpu, TimeSpan pause) = (clock.Now, Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration());
        var sample = new GeneratorSample(at > _at ? (cpu - _cpu) / (at - _at) : 0, Environment.WorkingSet, pause - _pause);
        (_at, _cpu, _pause) = (at, cpu, pause);
        return sample;
    }
}
