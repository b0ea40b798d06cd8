using System.Diagnostics;
using System.Globalization;
using Harness.Chaos.Environments.Processes;

namespace Harness.Chaos.Environments.Containers;

/// <summary>
/// Whose a container is, written on it as labels: enough for a later command to tell what a crash left behind from what is in use, and
/// from what another machine runs on the same daemon.
/// </summary>
/// <param name="Run">The run record's name.</param>
/// <param name="ProcessId">The harness that wanted it.</param>
internal sealed record ContainerOwner(string Run, int ProcessId)
{
    public const string RunLabel = "harness.run";
    private const string ProcessLabel = "harness.process";
    private const string MachineLabel = "harness.machine";
    private const string BootLabel = "harness.boot";

    public IReadOnlyDictionary<string, string> Labels => new Dictionary<string, string>
    {
        [RunLabel] = Run,
        [ProcessLabel] = ProcessId.ToString(CultureInfo.InvariantCulture),
        [MachineLabel] = Environment.MachineName,
        [BootLabel] = ProcessMark.PresentBoot,
    };

    /// <summary>Removes every container whose harness is gone.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> RemoveOrphansAsync(DockerDaemon daemon, CancellationToken cancellationToken)
    {
        var orphans = (await daemon.FindAsync(RunLabel, cancellationToken)).Where(container => IsOrphan(container.Value)).ToList();
        await Task.WhenAll(orphans.Select(orphan => daemon.RemoveAsync(orphan.Key, cancellationToken)));
        return orphans.Count;
    }

    /// <summary>Whether the labels name a process of this machine that is gone; a container of another machine is never ours to judge.</summary>
    internal static bool IsOrphan(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault(MachineLabel) == Environment.MachineName
        && int.TryParse(labels.GetValueOrDefault(ProcessLabel), CultureInfo.InvariantCulture, out int processId)
        && (labels.GetValueOrDefault(BootLabel) != ProcessMark.PresentBoot || !IsAlive(processId));

    private static bool IsAlive(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
