using System.Net;
using System.Net.Sockets;
using Harness.Load.Loops;

namespace Harness.Load.Raw;

/// <content>Connecting; all of it under the loop's gate.</content>
internal sealed partial class LoopConnection
{
    private readonly Queue<IPEndPoint> _addresses = [];

    private void BeginConnect()
    {
        CloseInside();
        _stage = Stage.Connecting;
        if (lane.Address is { } address)
            TryConnect(address);
        else
            _ = LookUpAsync(_call.Version);
    }

    private async Task LookUpAsync(short call)
    {
        IPAddress[] found = [];
        Failure? failure = null;
        try
        {
            found = await Dns.GetHostAddressesAsync(lane.Host, _runToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        catch (Exception thrown) when (thrown is SocketException or OperationCanceledException)
        {
            failure = thrown is SocketException unknown ? Failure.NotConnected(unknown.SocketErrorCode) : Failure.RunOver;
        }

        lock (loop.Gate)
        {
            // Its time may have been over first, and the next call be on its way.
            if (_stage != Stage.Connecting || _call.Version != call)
                return;
            foreach (IPAddress address in found)
                _addresses.Enqueue(new IPEndPoint(address, lane.Port));
            if (failure is not null)
                EndInside(failure);
            else
                TryNext(SocketError.HostNotFound);
            if (_stage == Stage.Ended)
                loop.PostInside(this);
        }
    }

    private void TryNext(SocketError error)
    {
        CloseInside();
        if (_addresses.TryDequeue(out IPEndPoint? address))
            TryConnect(address);
        else
            EndInside(Failure.NotConnected(error));
    }

    private unsafe void TryConnect(IPEndPoint address)
    {
        int family = address.AddressFamily == AddressFamily.InterNetworkV6 ? Libc.FamilyIPv6 : Libc.FamilyIPv4;
        int descriptor = Libc.Socket(family, Libc.Stream | Libc.NonBlocking | Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            TryNext(Libc.ErrorOf(Libc.LastError));
            return;
        }

        int one = 1;
        _ = Libc.SetOption(descriptor, Libc.LevelTcp, Libc.OptionNoDelay, &one, sizeof(int));
        SocketAddress native = address.Serialize();
        int result;
        fixed (byte* bytes = native.Buffer.Span)
            result = Libc.Connect(descriptor, bytes, native.Size);
        int error = result == 0 ? 0 : Libc.LastError;
        long key = error is 0 or Libc.InProgress ? loop.Descriptors.Register(descriptor, this) : -1;
        if (key < 0)
        {
            _ = Libc.Close(descriptor);
            TryNext(error is 0 or Libc.InProgress ? SocketError.SocketError : Libc.ErrorOf(error));
            return;
        }

        (_descriptor, _key) = (descriptor, key);
        lane.CountConnections(1);
        if (result == 0)
            BeginExchange();
    }

    private unsafe void OnConnectEvents(uint events)
    {
        int error = 0, length = sizeof(int);
        _ = Libc.GetOption(_descriptor, Libc.LevelSocket, Libc.OptionError, &error, &length);
        if (error != 0)
        {
            TryNext(Libc.ErrorOf(error));
            return;
        }

        _addresses.Clear();
        BeginExchange();
        // Each change is reported once: what came together with the connection must be looked at now.
        if (_stage == Stage.Exchanging && (events & (EndedEvents | Libc.EventIn)) != 0)
            OnExchangeEvents(events);
    }
}
