using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Topology;

/// <summary>Services are elsewhere than they were, or more of them than there were.</summary>
public abstract record TopologyFault : Fault
{
    public sealed override string? Holds => PartHold.Processes;

    public sealed override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) =>
        new Injection(this, [.. Parts.Select(name => (IMovablePart)environment.Parts.First(part => part.Name == name))], time);

    /// <summary>Changes the place of one service and tells everybody, sooner or later.</summary>
    protected abstract Task ChangeAsync(IMovablePart service, TimeProvider time, CancellationToken token);

    /// <summary>Puts that service back where it was.</summary>
    protected abstract Task UndoAsync(IMovablePart service, CancellationToken token);

    /// <summary>What was seen of it.</summary>
    /// <param name="changed">How many services were changed.</param>
    /// <param name="seen">What became of connections meanwhile.</param>
    protected abstract IReadOnlyDictionary<string, double> Evidence(int changed, TopologyCounts seen);

    private sealed class Injection(TopologyFault fault, IReadOnlyList<IMovablePart> services, TimeProvider time) : IInjection
    {
        private Func<CancellationToken, Task>? _stop;
        private TopologyCounts _before = new(0, 0, 0);
        private int _changed;

        public async Task InjectAsync(CancellationToken runToken)
        {
            _before = await CountAsync(runToken);
            _stop = Loop.Start(token => Task.WhenAll(services.Select(service => ChangeAsync(service, token))));
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            if (_stop is null)
                return null;
            try
            {
                await _stop(healToken);
            }
            finally
            {
                await Task.WhenAll(services.Select(service => fault.UndoAsync(service, healToken)));
            }

            TopologyCounts after = await CountAsync(healToken);
            return fault.Evidence(_changed, new TopologyCounts(after.Missed - _before.Missed, after.Cut - _before.Cut, after.Dealt - _before.Dealt));
        }

        private async Task ChangeAsync(IMovablePart service, CancellationToken token)
        {
            await fault.ChangeAsync(service, time, token);
            Interlocked.Increment(ref _changed);
        }

        private async Task<TopologyCounts> CountAsync(CancellationToken token)
        {
            TopologyCounts[] all = await Task.WhenAll(services.Select(service => service.CountAsync(token)));
            return new TopologyCounts(all.Sum(one => one.Missed), all.Sum(one => one.Cut), all.Sum(one => one.Dealt));
        }
    }
}
