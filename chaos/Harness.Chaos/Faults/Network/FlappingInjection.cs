using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Injects and heals the same cut in turns, from when it is injected until it is healed.</summary>
internal sealed class FlappingInjection(FlappingFault fault, Func<IInjection> cut, TimeProvider time) : IInjection
{
    private readonly Dictionary<string, double> _evidence = [];
    private Func<CancellationToken, Task>? _stop;
    private IInjection? _current;

    public async Task InjectAsync(CancellationToken runToken)
    {
        await CutAsync(runToken);
        _stop = Loop.Start(FlapAsync);
    }

    public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
    {
        var failures = new List<Exception>();
        try
        {
            if (_stop is not null)
                await _stop(healToken);
        }
        catch (Exception error) when (error is HealingException or ToxiproxyException or OperationCanceledException)
        {
            // One turn that went wrong is no reason to leave the last cut in place.
            failures.Add(error);
        }

        await WholeAsync(healToken);
        return failures.Count == 0 ? _evidence : throw new HealingException(fault.Name, failures);
    }

    private async Task FlapAsync(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(fault.Down, time, token);
            // Not the token: what was begun to be healed is healed to its end.
            await WholeAsync(CancellationToken.None);
            await Task.Delay(fault.Up, time, token);
            await CutAsync(token);
        }
    }

    private async Task CutAsync(CancellationToken token)
    {
        _current = cut();
        await _current.InjectAsync(token);
    }

    private async Task WholeAsync(CancellationToken token)
    {
        if (_current is null)
            return;
        foreach ((string name, double number) in await _current.HealAsync(token) ?? new Dictionary<string, double>())
            _evidence[name] = _evidence.GetValueOrDefault(name) + number;
        _current = null;
    }
}
