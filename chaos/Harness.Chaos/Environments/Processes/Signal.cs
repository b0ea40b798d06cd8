using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Harness.Chaos.Environments.Processes;

/// <summary>The signals that faults send, by their numbers on Linux.</summary>
internal enum Signal
{
    Kill = 9,
    Continue = 18,
    Stop = 19,
}

/// <summary>Sends signals to processes of this user.</summary>
internal static partial class Signals
{
    private const int NoSuchProcess = 3;

    /// <returns>False when the process is gone.</returns>
    /// <exception cref="Win32Exception">It belongs to somebody else.</exception>
    public static bool Send(int processId, Signal signal)
    {
        if (Kill(processId, (int)signal) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
