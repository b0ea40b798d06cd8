using System.Runtime.InteropServices;

namespace Harness.Target;

/// <summary>
/// The lifetime of a child: it ends when its parent says so. Ctrl-C in a terminal reaches every process of the group, and a parent that
/// wants to finish its work first must still find its children alive.
/// </summary>
public sealed class ParentLifetime(IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    private PosixSignalRegistration[] _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        lifetime.StopApplication();
    }
}
