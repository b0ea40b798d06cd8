using System.Diagnostics;

namespace Harness.Load.Bench;

/// <summary>Whether memory grows with the length of a run.</summary>
internal sealed class MemoryMeasure : EngineMeasure
{
    private const int Rate = 5000;

    public override async Task<IReadOnlyList<BenchLine>> MeasureAsync(BenchOrigin origin, TimeSpan length, CancellationToken cancellationToken)
    {
        var watch = new Watch();
        TimeSpan during = 4 * length;
        await RunAsync(
            LoadRunner.RegisterScenarios(Lanes.Raw(origin.Url).WithLoadSimulations(Simulation.Constant(Rate, during))).WithObserver(watch),
            cancellationToken);
        return [new BenchLine(
            $"memory at {Rate}/s for {during.TotalSeconds:0} s",
            Say($"{watch.Median(0, 0.5):0} MB in the first half, {watch.Median(0.5, 1):0} MB in the second, {watch.Most:0} MB at most"),
            "flat, < 150 MB")];
    }

    private sealed class Watch : ILoadObserver
    {
        private readonly List<double> _megabytes = [];

        public double Most => _megabytes.Max();

        public void OnInterval(LoadInterval interval)
        {
            using var self = Process.GetCurrentProcess();
            _megabytes.Add(self.WorkingSet64 / 1e6);
        }

        public double Median(double from, double to)
        {
            List<double> part = _megabytes[(int)(from * _megabytes.Count)..(int)Math.Ceiling(to * _megabytes.Count)];
            return BenchMath.Median(part, megabytes => megabytes);
        }
    }
}
