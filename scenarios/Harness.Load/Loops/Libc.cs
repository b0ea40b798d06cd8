using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Harness.Load.Loops;

/// <summary>The system calls of the event loops, and the numbers they take. Linux, 64 bit.</summary>
internal static unsafe partial class Libc
{
    public const int Interrupted = 4, WouldBlock = 11, InProgress = 115, NotImplemented = 38;
    public const uint EventIn = 0x1, EventOut = 0x4, EventError = 0x8, EventHangUp = 0x10, EventPeerEnded = 0x2000, EdgeTriggered = 1u << 31;
    public const int CtlAdd = 1, CloseOnExec = 0x80000, NonBlocking = 0x800, Stream = 1, NoSignal = 0x4000;
    public const int LevelSocket = 1, LevelTcp = 6, OptionError = 4, OptionNoDelay = 1;
    public const int FamilyIPv4 = 2, FamilyIPv6 = 10, SetTimerSlack = 29;

    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>The system's error number in .NET's words.</summary>
    public static SocketError ErrorOf(int number) => number switch
    {
        0 => SocketError.Success,
        111 => SocketError.ConnectionRefused,
        110 => SocketError.TimedOut,
        104 or 32 => SocketError.ConnectionReset,
        103 => SocketError.ConnectionAborted,
        101 => SocketError.NetworkUnreachable,
        113 => SocketError.HostUnreachable,
        99 or 98 => SocketError.AddressNotAvailable,
        23 or 24 => SocketError.TooManyOpenSockets,
        13 or 1 => SocketError.AccessDenied,
        _ => SocketError.SocketError,
    };

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* epollEvent);

    /// <summary>A wait with nanoseconds; Linux 5.11 and glibc 2.35.</summary>
    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* events, int count, long* secondsAndNanoseconds, nint signals);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWaitMilliseconds(int epoll, byte* events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* buffer, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, byte* address, int addressLength);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int socket, int level, int option, int* value, int* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int option, int* value, int length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);
}
