using System.Globalization;
using Harness.Chaos.Benchmarks;

namespace Harness.Chaos.Conducting;

/// <summary>Processor time of this machine so far: what all programs had, and what of it this harness and everything below it had.</summary>
/// <param name="All">Of everybody, what a hypervisor gave to others included.</param>
/// <param name="Ours">Of this process and its descendants, those that have ended included.</param>
/// <param name="Possible">Of all processors, idle or not.</param>
internal readonly record struct MachineTime(double All, double Ours, double Possible)
{
    /// <summary>The name of <see cref="OthersSince"/> in a phase's numbers.</summary>
    public const string OthersRatio = "othersCpuRatio";

    // Columns of the first line of /proc/stat, in ticks: user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted there already.
    private const int Idle = 3, Waiting = 4, Columns = 8;

    /// <returns>Null where the system cannot tell.</returns>
    public static MachineTime? Read()
    {
        if (!ProcessTree.CanTell)
            return null;
        string line = File.ReadLines("/proc/stat").First();
        double[] ticks = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Columns).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        double possible = ticks.Sum();
        return new MachineTime(possible - ticks[Idle] - ticks[Waiting], ProcessTree.TicksOf(Environment.ProcessId), possible);
    }

    /// <summary>The share of all processors that programs which are not ours had since then.</summary>
    public double OthersSince(MachineTime before) =>
        Possible <= before.Possible ? 0 : Math.Clamp((All - before.All - (Ours - before.Ours)) / (Possible - before.Possible), 0, 1);
}
