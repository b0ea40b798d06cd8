using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Leftovers;
using Harness.Chaos.Faults;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Injects each fault when it is due and heals it when its time is over, or the run is.</summary>
internal sealed class FaultSchedule(IRunningEnvironment environment, RunJournal journal)
{
    /// <summary>Healing gets this long, whatever happens to the run.</summary>
    private static readonly TimeSpan HealTimeout = TimeSpan.FromSeconds(10);

    /// <param name="faults">The plan.</param>
    /// <param name="faultStart">When the fault phase starts, on the run's clock.</param>
    /// <param name="runToken">Ends all of them early; each is healed first.</param>
    public Task RunAsync(IReadOnlyList<Fault> faults, TimeSpan faultStart, CancellationToken runToken) =>
        Task.WhenAll(faults.Select(fault => RunAsync(fault, faultStart + fault.At, runToken)));

    /// <summary>One of them.</summary>
    /// <param name="fault">Its name, kind, places and length.</param>
    /// <param name="due">When it is injected, on the run's clock.</param>
    /// <param name="runToken">Ends it early; it is healed first.</param>
    /// <param name="injected">Called when it is in place.</param>
    /// <param name="healing">Called when it is about to be taken away.</param>
    /// <param name="healed">Called with the evidence when it was taken away, if it was in place.</param>
    public async Task RunAsync(
        Fault fault, TimeSpan due, CancellationToken runToken, Action? injected = null, Action? healing = null, Action<IReadOnlyDictionary<string, double>?>? healed = null)
    {
        await journal.UntilAsync(due, runToken);
        IInjection injection = fault.Prepare(environment, journal.Clock.Time);
        bool inPlace = false;
        int intent = IntentJournal.Own.Note(new FaultIntent(fault.Described));
        try
        {
            await injection.InjectAsync(runToken);
            inPlace = true;
            journal.Write(EventKind.FaultInjected, fault.Name, fault.Described);
            injected?.Invoke();
            await journal.UntilAsync(due + fault.For, runToken);
        }
        finally
        {
            if (inPlace)
                healing?.Invoke();
            await HealAsync(fault, injection, inPlace, healed);
            IntentJournal.Own.Undone(intent);
        }
    }

    private async Task HealAsync(Fault fault, IInjection injection, bool inPlace, Action<IReadOnlyDictionary<string, double>?>? healed)
    {
        // Not the run's token: a cancelled run must still leave the target whole.
        using var healing = new CancellationTokenSource(HealTimeout, journal.Clock.Time);
        IReadOnlyDictionary<string, double>? evidence = await TryHealAsync(fault, injection, healing.Token);
        if (!inPlace)
            return;
        journal.Write(EventKind.FaultHealed, fault.Name);
        if (evidence is not null)
            journal.Write(EventKind.FaultEvidence, fault.Name, numbers: evidence);
        healed?.Invoke(evidence);
    }

    /// <summary>Whatever keeps a fault from being healed ends up in one message that says which fault it is.</summary>
    private static async Task<IReadOnlyDictionary<string, double>?> TryHealAsync(Fault fault, IInjection injection, CancellationToken healToken)
    {
        try
        {
            return await injection.HealAsync(healToken);
        }
        catch (OperationCanceledException)
        {
            throw new HealingException(fault.Described, [new TimeoutException($"it took longer than {HealTimeout.TotalSeconds:0} s")]);
        }
        catch (Exception error) when (error is not HealingException and not OutOfMemoryException)
        {
            throw new HealingException(fault.Described, [error]);
        }
    }
}
