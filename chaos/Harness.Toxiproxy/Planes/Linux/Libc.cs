using System.Runtime.InteropServices;

namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>The system calls of the epoll data plane, and the numbers they take. Linux, 64 bit.</summary>
internal static unsafe partial class Libc
{
    public const int Interrupted = 4, WouldBlock = 11, InProgress = 115, TooManyFilesInProcess = 24, TooManyFilesInSystem = 23;
    public const uint EventIn = 0x1, EventOut = 0x4, EventError = 0x8, EventHangUp = 0x10, EventPeerEnded = 0x2000, EdgeTriggered = 1u << 31;
    public const int CtlAdd = 1, CtlDelete = 2;
    public const int CloseOnExec = 0x80000, NonBlocking = 0x800;
    public const int Stream = 1, ShutdownWrite = 1;
    public const int NoSignal = 0x4000, Truncate = 0x20;
    public const uint SpliceMove = 1, SpliceNonBlocking = 2;
    public const int SetPipeSize = 1031;
    public const int LevelSocket = 1, LevelTcp = 6, OptionError = 4, OptionKeepAlive = 9, OptionLinger = 13;
    public const int OptionNoDelay = 1, OptionKeepIdle = 4, OptionKeepInterval = 5;
    public const int SetTimerSlack = 29;

    public static int LastError => Marshal.GetLastPInvokeError();

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

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* buffer, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int socket, byte* address, int* addressLength, int flags);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, byte* address, int addressLength);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int socket, int level, int option, int* value, int* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int option, int* value, int length);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* readAndWriteEnd, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, int value);

    [LibraryImport("libc", EntryPoint = "splice", SetLastError = true)]
    public static partial nint Splice(int from, nint fromOffset, int to, nint toOffset, nint count, uint flags);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);
}
