using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Services;

/// <summary>Holds a fault in the services that it is put on: said again once a second, it ends three seconds after the last time, whatever became of us.</summary>
internal sealed class ServiceInjection(ServiceFault fault, IRunningEnvironment environment, TimeProvider time) : IInjection
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);
    private readonly ServiceChaos[] _services = [.. fault.Parts.Select(part => environment.Open(part))];
    private readonly Dictionary<string, EvidenceOfLives> _seen = fault.Parts.ToDictionary(part => part, _ => new EvidenceOfLives());
    private Func<CancellationToken, Task>? _stopRenewing;

    public async Task InjectAsync(CancellationToken runToken)
    {
        _stopRenewing = Loop.Start(RenewAsync);
        await Task.WhenAll(_services.Select(service => HoldAsync(service, runToken)));
    }

    public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
    {
        if (_stopRenewing is not null)
            await _stopRenewing(healToken);
        await Task.WhenAll(_services.Select(service => TakeAwayAsync(service, healToken)));
        foreach (ServiceChaos service in _services)
            service.Dispose();
        var counted = new Dictionary<string, double>();
        foreach ((string what, double count) in _seen.Values.SelectMany(one => one.Total))
            counted[what] = EvidenceOfLives.Joined(what, counted.GetValueOrDefault(what), count);
        return counted.Count == 0 ? null : counted;
    }

    private async Task RenewAsync(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(RenewEvery, time, token);
            await Task.WhenAll(_services.Select(async service =>
            {
                try
                {
                    await HoldAsync(service, token);
                }
                catch (ServiceChaosException)
                {
                    // It is down, as another fault may want it; when it is up again, it is put wrong again.
                    return;
                }
            }));
        }
    }

    private async Task HoldAsync(ServiceChaos service, CancellationToken token) =>
        _seen[service.Service].Note(await service.HoldAsync(fault.Name, fault.Body, token));

    private async Task TakeAwayAsync(ServiceChaos service, CancellationToken healToken)
    {
        try
        {
            if (await service.TakeAwayAsync(fault.Name, healToken) is { } seen)
                _seen[service.Service].Note(seen);
        }
        catch (ServiceChaosException)
        {
            // It cannot be asked, so it is down, which ends the fault too, or so slow that the fault ends by itself three seconds after it was last renewed.
            await Task.Delay(ServiceFields.Lease, time, healToken);
        }
    }
}
