using Harness.Chaos.Environments.Processes;

namespace Harness.Chaos.Environments;

/// <summary>A part of the order system: one child process of the harness, replaced by another when the part is started again.</summary>
/// <param name="name">What people call it.</param>
/// <param name="start">Starts its process.</param>
/// <param name="ready">Completes when it answers.</param>
internal sealed class OrderSystemPart(string name, Func<ChildProcess> start, Func<ChildProcess, CancellationToken, Task> ready) : IOwnedPart
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private ChildProcess? _process;
    private volatile bool _over;

    public string Name => name;

    public IReadOnlyList<int> Processes => _process is { HasExited: false } running ? ProcessTree.Of(running.Id) : [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (_over || _process is { HasExited: false })
                return;
            if (_process is not null)
                await _process.DisposeAsync();
            _process = start();
            await ready(_process, cancellationToken);
        }
        finally
        {
            _changing.Release();
        }
    }

    public Task<int> KillAsync() => EndAsync(process => process.KillAsync());

    public Task<int> StopAsync() => EndAsync(process => Task.FromResult(ProcessTree.Of(process.Id).Count));

    public async ValueTask DisposeAsync()
    {
        // Whoever still waits to start it finds that it is over.
        _over = true;
        if (_process is not null)
            await _process.DisposeAsync();
    }

    /// <summary>Ends the process in one way or, at the latest, by letting go of it, which asks it to end.</summary>
    private async Task<int> EndAsync(Func<ChildProcess, Task<int>> end)
    {
        await _changing.WaitAsync();
        try
        {
            if (_process is null)
                return 0;
            int ended = _process.HasExited ? 0 : await end(_process);
            await _process.DisposeAsync();
            _process = null;
            return ended;
        }
        finally
        {
            _changing.Release();
        }
    }
}
