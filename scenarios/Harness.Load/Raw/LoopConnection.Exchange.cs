using Harness.Load.Loops;

namespace Harness.Load.Raw;

/// <content>Sending and receiving; all of it under the loop's gate.</content>
internal sealed unsafe partial class LoopConnection
{
    private const uint EndedEvents = Libc.EventPeerEnded | Libc.EventHangUp | Libc.EventError;

    public ILoopWork? OnEvents(uint events)
    {
        switch (_stage)
        {
            case Stage.Connecting:
                OnConnectEvents(events);
                break;
            case Stage.Exchanging:
                OnExchangeEvents(events);
                break;
            default:
                OnStray(events);
                return null;
        }

        return _stage == Stage.Ended ? this : null;
    }

    private void BeginExchange()
    {
        _stage = Stage.Exchanging;
        _spoiled = false;
        Flush();
    }

    private void OnExchangeEvents(uint events)
    {
        _spoiled |= (events & EndedEvents) != 0;
        if (_sent < _length && (events & Libc.EventOut) != 0)
            Flush();
        if (_stage == Stage.Exchanging)
            Receive();
    }

    /// <summary>Between calls nothing may come: whatever does spoils the connection for the next one.</summary>
    private void OnStray(uint events)
    {
        _spoiled |= (events & (EndedEvents | Libc.EventIn)) != 0;
        if (_spoiled && _stage == Stage.Free)
            CloseInside();
    }

    private void Flush()
    {
        fixed (byte* bytes = _bytes)
        {
            while (_sent < _length)
            {
                nint sent = Libc.Send(_descriptor, bytes + _sent, _length - _sent, Libc.NoSignal);
                if (sent >= 0)
                    _sent += (int)sent;
                else if (Libc.LastError is Libc.WouldBlock)
                    return;
                else if (Libc.LastError != Libc.Interrupted)
                {
                    // Part of it may have gone out, so nobody knows.
                    EndInside(Failure.Broken(Libc.ErrorOf(Libc.LastError)));
                    return;
                }
            }
        }
    }

    private void Receive()
    {
        Span<byte> buffer = loop.ReceiveBuffer;
        while (true)
        {
            nint count;
            fixed (byte* bytes = buffer)
                count = Libc.Receive(_descriptor, bytes, buffer.Length, 0);
            if (count < 0 && Libc.LastError == Libc.Interrupted)
                continue;
            if (count < 0)
            {
                if (Libc.LastError != Libc.WouldBlock)
                    EndInside(Failure.Broken(Libc.ErrorOf(Libc.LastError)));
                return;
            }

            if (count == 0)
                _reader.End();
            else
                _reader.Read(buffer[..(int)count]);
            if (_reader.IsDone || _reader.Fault is not null)
            {
                EndInside(_reader.Fault is null ? null : Failure.Faulty(_reader.Fault, ended: count == 0));
                return;
            }

            // Less than there was room for is all there is, unless the end was reported together with it.
            if (count == 0 || (count < buffer.Length && !_spoiled))
                return;
        }
    }
}
