using System.Globalization;
using System.Runtime.InteropServices;
using Garnet;

namespace Harness.Chaos.Environments;

/// <summary>The Redis-compatible store of the embedded environment, alone in a process: what the harness starts itself again for.</summary>
public static class GarnetStore
{
    /// <summary>Serves on loopback until standard input ends.</summary>
    /// <param name="port">The port to listen on.</param>
    /// <param name="input">Held open by the parent for as long as the store is wanted.</param>
    public static async Task ServeAsync(int port, Stream input)
    {
        // Ctrl-C in a terminal reaches the whole group; the parent heals first and then closes our input.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var server = new GarnetServer(["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1"]);
        server.Start();
        await input.CopyToAsync(Stream.Null);
    }
}
