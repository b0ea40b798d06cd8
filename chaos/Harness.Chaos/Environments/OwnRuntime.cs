using System.Diagnostics;

namespace Harness.Chaos.Environments;

/// <summary>What the harness asks of its own .NET runtime, and must not be asked of anybody else's.</summary>
public static class OwnRuntime
{
    // Socket continuations run on the threads that wait for the sockets: a third less processor time for every request and every proxied chunk, in a
    // program that never blocks there. One that does, like a service that asks its database and waits, stands still then until its calls time out.
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Tunes this process; before its first socket.</summary>
    public static void Tune() => Environment.SetEnvironmentVariable(InlineCompletions, "1");

    /// <summary>Has a process start as if nothing had been tuned.</summary>
    public static void Forget(ProcessStartInfo start) => start.Environment.Remove(InlineCompletions);
}
