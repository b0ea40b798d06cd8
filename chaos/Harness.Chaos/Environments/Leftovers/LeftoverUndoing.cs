using System.Globalization;
using Harness.Chaos.Environments.Externals;
using Harness.Chaos.Environments.Processes;

namespace Harness.Chaos.Environments.Leftovers;

/// <summary>Undoes one thing that a harness meant to undo and did not come to.</summary>
/// <param name="proxyToken">What Toxiproxies want to hear before a change; null for nothing.</param>
internal sealed class LeftoverUndoing(string? proxyToken)
{
    /// <summary>Our processes end with their input, so one that may run again goes by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async Task<LeftoverReport> UndoAsync(Intent intent, CancellationToken cancellationToken) => intent switch
    {
        FaultIntent fault => new LeftoverReport([fault.Described], [], []),
        ProcessIntent process => await EndAsync(process, cancellationToken),
        FolderIntent folder => Remove(folder.Path),
        ProxiesIntent proxies => await RestoreAsync(proxies.Found),
        _ => new LeftoverReport([], [], []),
    };

    private static async Task<LeftoverReport> EndAsync(ProcessIntent process, CancellationToken cancellationToken)
    {
        if (!process.Mark.IsAlive)
            return new LeftoverReport([], [], []);
        ProcessMark[] tree = [.. ProcessTree.Of(process.Mark.Id).Select(ProcessMark.Of).OfType<ProcessMark>()];
        bool stopped = tree.Any(one => ProcessTree.StateOf(one.Id) is 'T');
        foreach (ProcessMark one in tree.Reverse())
            Signals.Send(one.Id, Signal.Continue);
        for (TimeSpan waited = TimeSpan.Zero; tree.Any(one => one.IsAlive) && waited < Grace; waited += Look)
            await Task.Delay(Look, cancellationToken);
        bool killed = false;
        foreach (ProcessMark one in tree.Where(one => one.IsAlive))
            killed |= Signals.Send(one.Id, Signal.Kill);
        string how = (stopped, killed) switch
        {
            (true, true) => "was stopped; it was continued and, since it did not end, killed",
            (true, false) => "was stopped; it was continued and ended",
            (false, true) => "still ran and was killed",
            (false, false) => "still ran and ended",
        };
        return new LeftoverReport([], [string.Create(CultureInfo.InvariantCulture, $"process {process.Mark.Id} ({process.Name}) {how}")], []);
    }

    private static LeftoverReport Remove(string folder)
    {
        // Only what we would have made ourselves: a journal is a file, and files can be edited.
        if (!TemporaryFolder.IsOurs(folder) || !Directory.Exists(folder))
            return new LeftoverReport([], [], []);
        return TemporaryFolder.TryRemove(folder)
            ? new LeftoverReport([], [$"folder {folder} was removed"], [])
            : new LeftoverReport([], [], [$"folder {folder} could not be removed; remove it with: rm -r '{folder}'"]);
    }

    private async Task<LeftoverReport> RestoreAsync(ProxiesFound found)
    {
        string names = string.Join(", ", [.. found.Made, .. found.Borrowed.Keys]);
        return await ProxyGuard.RestoreAsync(found with { Token = proxyToken })
            ? new LeftoverReport([], [$"proxies of {found.Url} were put back as they were found: {names}"], [])
            : new LeftoverReport([], [], [ProxyGuard.HowToMend(found)]);
    }
}
