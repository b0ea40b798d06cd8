using Harness.Chaos.Experiments;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Writes down each phase under load as it begins and ends.</summary>
internal static class PhaseWalk
{
    /// <param name="timeline">The phases.</param>
    /// <param name="origin">When the load started, on the run's clock.</param>
    /// <param name="journal">Where the events go.</param>
    /// <param name="runToken">Ends the phase that it interrupts.</param>
    public static async Task RunAsync(Timeline timeline, TimeSpan origin, RunJournal journal, CancellationToken runToken)
    {
        TimeSpan start = origin;
        foreach (PlannedPhase planned in timeline.UnderLoad)
        {
            string name = planned.Phase.ToString().ToLowerInvariant();
            journal.WriteAt(start, EventKind.PhaseStarted, name);
            MachineTime? before = MachineTime.Read();
            TimeSpan end = start + planned.Duration;
            try
            {
                await journal.UntilAsync(end, runToken);
            }
            catch (OperationCanceledException)
            {
                journal.Write(EventKind.PhaseEnded, name, "cut short");
                throw;
            }

            journal.WriteAt(end, EventKind.PhaseEnded, name, numbers: Since(before));
            start = end;
        }
    }

    private static Dictionary<string, double>? Since(MachineTime? before) =>
        before is { } then && MachineTime.Read() is { } now ? new() { [MachineTime.OthersRatio] = now.OthersSince(then) } : null;
}
