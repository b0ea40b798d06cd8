using System.Diagnostics;
using System.Globalization;
using Harness.Chaos.Environments.Processes;

namespace Harness.Chaos.Faults.Processes;

/// <summary>
/// Stops processes so that they surely run again: before one is stopped, a guard is started that holds a pipe from us and lets everything
/// continue when that pipe ends, however we end.
/// </summary>
internal sealed class Standstill
{
    // Constant text; the processes come as arguments. It must outlive whatever ends us, so signals to our group do not reach it.
    private const string GuardScript = "trap '' INT HUP TERM; cat >/dev/null; kill -s CONT \"$@\" 2>/dev/null; exit 0";

    private readonly List<Process> _guards = [];
    private readonly HashSet<int> _guarded = [];
    private readonly List<int> _stopped = [];

    /// <summary>How many processes were stopped, each as often as it was.</summary>
    public int Stopped { get; private set; }

    /// <summary>Stops them; those that are gone are left out.</summary>
    public void Stop(IReadOnlyList<int> processes)
    {
        Guard([.. processes.Where(_guarded.Add)]);
        foreach (int process in processes)
        {
            _stopped.Add(process);
            if (Signals.Send(process, Signal.Stop))
                Stopped++;
        }
    }

    /// <summary>Lets all of them run again.</summary>
    public void Continue()
    {
        // Children first: a parent that runs again at once may ask after them.
        foreach (int process in Enumerable.Reverse(_stopped))
            Signals.Send(process, Signal.Continue);
        _stopped.Clear();
    }

    /// <summary>Lets all of them run again, and the guards go.</summary>
    public async Task EndAsync()
    {
        Continue();
        foreach (Process guard in _guards)
        {
            guard.StandardInput.Close();
            await guard.WaitForExitAsync();
            guard.Dispose();
        }

        _guards.Clear();
    }

    private void Guard(IReadOnlyList<int> processes)
    {
        if (processes.Count == 0)
            return;
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", GuardScript, "guard", .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        _guards.Add(Process.Start(start) ?? throw new InvalidOperationException("The guard of stopped processes did not start."));
    }
}
