using System.Buffers;
using System.Net.Sockets;
using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Planes;

/// <summary>A peer over <see cref="Socket"/>. A receive of no bytes tells when there is something to read; what a full socket
/// does not take is sent from a buffer of our own.</summary>
internal sealed class PortablePeer : Peer, IDisposable
{
    private const int PendingSendMax = 64 * 1024;
    private const int UnreadMax = 1 << 20;
    private const int KeepAliveSeconds = 15;

    private readonly Socket _socket;
    private readonly Loop _loop;
    private readonly SocketAsyncEventArgs _receiving = new();
    private SocketAsyncEventArgs? _sending;
    private bool _receivePending;
    private bool _sendPending;
    private bool _closed;
    private bool _closeAfterSend;
    private bool _shutdownAfterSend;

    public PortablePeer(Socket socket, Loop loop)
    {
        (_socket, _loop) = (socket, loop);
        _receiving.SetBuffer(Memory<byte>.Empty);
        _receiving.Completed += (_, _) => _loop.Post(Received);
    }

    /// <summary>Sets the options that every proxied socket has.</summary>
    public static void Prepare(Socket socket)
    {
        socket.Blocking = false;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
    }

    public override IoStatus TryRead(Span<byte> into, out int count)
    {
        count = 0;
        if (_receivePending)
            return IoStatus.WouldBlock;
        if (_closed)
            return IoStatus.Failed;
        while (true)
        {
            count = _socket.Receive(into, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
                return count > 0 ? IoStatus.Done : IoStatus.Ended;
            if (error is not (SocketError.WouldBlock or SocketError.IOPending))
                return Broken();
            if (WaitToReceive())
                return IoStatus.WouldBlock;
        }
    }

    public override IoStatus TryWrite(ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        if (_sendPending)
            return IoStatus.WouldBlock;
        if (_closed || HungUp)
            return IoStatus.Failed;
        count = _socket.Send(bytes, SocketFlags.None, out SocketError error);
        if (error == SocketError.Success && count > 0)
            return IoStatus.Done;
        if (error is not (SocketError.WouldBlock or SocketError.IOPending or SocketError.NoBufferSpaceAvailable))
            return Broken();
        count = SendLater(bytes);
        return IoStatus.Done;
    }

    public override void ShutdownWrite()
    {
        if (_sendPending)
            _shutdownAfterSend = true;
        else if (!_closed)
            Shutdown();
    }

    public override void Close()
    {
        if (_closed)
            return;
        if (_sendPending && !HungUp)
        {
            _closeAfterSend = true;
            return;
        }
        DropUnread();
        Shutdown();
        Dispose();
    }

    public override void Drop()
    {
        if (!_closed)
            Dispose();
    }

    public override void Reset()
    {
        if (_closed)
            return;
        _socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    private IoStatus Broken()
    {
        HungUp = true;
        return IoStatus.Failed;
    }

    /// <summary>False when there is something to read already.</summary>
    private bool WaitToReceive()
    {
        _receivePending = _socket.ReceiveAsync(_receiving);
        return _receivePending;
    }

    private void Received()
    {
        _receivePending = false;
        if (!_closed)
            Ready?.Invoke();
    }

    private int SendLater(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, PendingSendMax);
        byte[] copy = ArrayPool<byte>.Shared.Rent(count);
        bytes[..count].CopyTo(copy);
        _sending = new SocketAsyncEventArgs();
        _sending.SetBuffer(copy, 0, count);
        _sending.Completed += (_, _) => _loop.Post(Sent);
        _sendPending = true;
        if (!_socket.SendAsync(_sending))
            _loop.Post(Sent);
        return count;
    }

    private void Sent()
    {
        SocketAsyncEventArgs sent = _sending!;
        (_sending, _sendPending) = (null, false);
        HungUp |= sent.SocketError != SocketError.Success;
        ArrayPool<byte>.Shared.Return(sent.Buffer!);
        sent.Dispose();
        if (_closeAfterSend)
            Close();
        else if (_shutdownAfterSend)
            Shutdown();
        if (!_closed)
            Ready?.Invoke();
    }

    // Bytes that nobody read would turn the FIN into a RST.
    private void DropUnread()
    {
        int dropped = 0;
        while (dropped < UnreadMax)
        {
            int count = _socket.Receive(_loop.Scratch, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success || count == 0)
                return;
            dropped += count;
        }
    }

    private void Shutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Not connected any more: there is nobody to tell.
            HungUp = true;
        }
    }

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        _receiving.Dispose();
    }
}
