using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>Socket calls that say what came of them in .NET's words.</summary>
internal static unsafe class EpollSockets
{
    private const int AddressSizeMax = 28, FamilyIPv4 = 2, FamilyIPv6 = 10, KeepAliveSeconds = 15;

    /// <summary>Begins to connect. Negative when it failed at once.</summary>
    public static int Connect(IPEndPoint address, out bool connected, out SocketError error)
    {
        (connected, error) = (false, SocketError.Success);
        int family = address.AddressFamily == AddressFamily.InterNetworkV6 ? FamilyIPv6 : FamilyIPv4;
        int descriptor = Libc.Socket(family, Libc.Stream | Libc.NonBlocking | Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            error = SocketError.TooManyOpenSockets;
            return -1;
        }
        SocketAddress native = address.Serialize();
        int result;
        fixed (byte* bytes = native.Buffer.Span)
            result = Libc.Connect(descriptor, bytes, native.Size);
        connected = result == 0;
        if (connected || Libc.LastError == Libc.InProgress)
            return descriptor;
        error = ErrorOf(Libc.LastError);
        Libc.Close(descriptor);
        return -1;
    }

    /// <summary>What became of a connect.</summary>
    public static SocketError ConnectResult(int descriptor)
    {
        int value = 0, length = sizeof(int);
        Libc.GetOption(descriptor, Libc.LevelSocket, Libc.OptionError, &value, &length);
        return ErrorOf(value);
    }

    /// <summary>Accepts one; negative when there is none, with the error in <see cref="Libc.LastError"/>.</summary>
    public static int Accept(int listening, out IPEndPoint client)
    {
        byte* bytes = stackalloc byte[AddressSizeMax];
        int length = AddressSizeMax;
        int descriptor = Libc.Accept(listening, bytes, &length, Libc.NonBlocking | Libc.CloseOnExec);
        client = descriptor < 0 ? new IPEndPoint(0, 0) : AddressOf(new ReadOnlySpan<byte>(bytes, Math.Min(length, AddressSizeMax)));
        return descriptor;
    }

    /// <summary>Sets the options that every proxied socket has.</summary>
    public static void Prepare(int descriptor)
    {
        Set(descriptor, Libc.LevelTcp, Libc.OptionNoDelay, 1);
        Set(descriptor, Libc.LevelSocket, Libc.OptionKeepAlive, 1);
        Set(descriptor, Libc.LevelTcp, Libc.OptionKeepIdle, KeepAliveSeconds);
        Set(descriptor, Libc.LevelTcp, Libc.OptionKeepInterval, KeepAliveSeconds);
    }

    private static void Set(int descriptor, int level, int option, int value) => Libc.SetOption(descriptor, level, option, &value, sizeof(int));

    private static IPEndPoint AddressOf(ReadOnlySpan<byte> native)
    {
        AddressFamily family = native[0] == FamilyIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var address = new SocketAddress(family, native.Length);
        native.CopyTo(address.Buffer.Span);
        return (IPEndPoint)new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0).Create(address);
    }

    private static SocketError ErrorOf(int number) => number switch
    {
        0 => SocketError.Success,
        111 => SocketError.ConnectionRefused,
        110 => SocketError.TimedOut,
        101 => SocketError.NetworkUnreachable,
        113 => SocketError.HostUnreachable,
        104 => SocketError.ConnectionReset,
        99 => SocketError.AddressNotAvailable,
        13 or 1 => SocketError.AccessDenied,
        _ => SocketError.SocketError,
    };
}
