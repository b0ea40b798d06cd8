using System.Buffers.Binary;
using System.IO.Hashing;

namespace Harness.Records;

/// <summary>Appends operations to <c>history.bin</c>; thread-safe, and once warm nothing is allocated per operation.</summary>
/// <remarks>Operations are gathered in a block of some 64 KiB, which is written when it is full and at each <see cref="Flush"/>.</remarks>
public sealed class HistoryWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, uint> _places = new(StringComparer.Ordinal);
    private readonly HistoryBuffer _strings = new();
    private readonly HistoryBuffer _operations = new();
    private readonly HistoryBuffer _counts = new();
    private ulong _operationsInBlock;
    private long _previousInvoked;
    private bool _disposed;

    /// <exception cref="IOException">The file exists already or cannot be made.</exception>
    public HistoryWriter(string path)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> header = stackalloc byte[HistoryFormat.Magic.Length + sizeof(ushort)];
        HistoryFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[HistoryFormat.Magic.Length..], HistoryFormat.Version);
        _file.Write(header);
    }

    /// <exception cref="ObjectDisposedException">The record was closed.</exception>
    public void Record(in Operation operation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Append(operation);
            if (_strings.Length + _operations.Length >= HistoryFormat.BlockBytes)
                WriteBlock();
        }
    }

    /// <summary>Hands everything recorded so far to the operating system, where a crash of this process cannot reach it.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (!_disposed)
                WriteBlock();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;

            WriteBlock();
            _disposed = true;
            _file.Dispose();
        }
    }

    private void Append(in Operation operation)
    {
        int flags = (int)operation.Outcome & HistoryFormat.OutcomeMask;
        flags |= operation.Value is null ? 0 : HistoryFormat.HasValue;
        flags |= operation.Completed is null ? 0 : HistoryFormat.HasCompleted;

        _operations.Byte((byte)flags);
        _operations.Signed(operation.Process);
        _operations.Varint(PlaceOf(operation.Kind));
        _operations.Varint(PlaceOf(operation.Key));
        if (operation.Value is { } value)
            _operations.Varint(PlaceOf(value));

        _operations.Signed(operation.Invoked.Ticks - _previousInvoked);
        if (operation.Completed is { } completed)
            _operations.Signed((completed - operation.Invoked).Ticks);

        _previousInvoked = operation.Invoked.Ticks;
        _operationsInBlock++;
    }

    private uint PlaceOf(string text)
    {
        if (_places.TryGetValue(text, out uint place))
            return place;

        place = (uint)_places.Count;
        _places.Add(text, place);
        _strings.Text(text);
        return place;
    }

    private void WriteBlock()
    {
        if (_operationsInBlock == 0)
            return;

        _counts.Clear();
        _counts.Varint((ulong)_places.Count);
        int stringCountBytes = _counts.Length;
        _counts.Varint(_operationsInBlock);
        WriteBlock(_counts.Written[..stringCountBytes], _strings.Written, _counts.Written[stringCountBytes..], _operations.Written);
        StartBlock();
    }

    private void WriteBlock(ReadOnlySpan<byte> stringCount, ReadOnlySpan<byte> strings, ReadOnlySpan<byte> operationCount, ReadOnlySpan<byte> operations)
    {
        var checksum = new Crc32();
        checksum.Append(stringCount);
        checksum.Append(strings);
        checksum.Append(operationCount);
        checksum.Append(operations);

        Span<byte> header = stackalloc byte[HistoryFormat.BlockHeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, stringCount.Length + strings.Length + operationCount.Length + operations.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], checksum.GetCurrentHashAsUInt32());
        _file.Write(header);
        _file.Write(stringCount);
        _file.Write(strings);
        _file.Write(operationCount);
        _file.Write(operations);
    }

    private void StartBlock()
    {
        _places.Clear();
        _strings.Clear();
        _operations.Clear();
        _operationsInBlock = 0;
        _previousInvoked = 0;
    }
}
