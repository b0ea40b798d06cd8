using System.Buffers.Binary;
using System.IO.Hashing;

namespace Harness.Records;

/// <summary>Reads <c>history.bin</c>, whole or cut short.</summary>
public static class HistoryReader
{
    /// <summary>The operations in the order in which they were recorded, which is nearly that of their completion. Empty when there is
    /// no such file.</summary>
    /// <exception cref="RecordException">The file is no history, of a newer format, or damaged before its last block.</exception>
    public static IReadOnlyList<Operation> Read(string path)
    {
        if (!File.Exists(path))
            return [];

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, HistoryFormat.BlockBytes);
        var operations = new List<Operation>();
        if (!ReadHeader(file, path))
            return operations;

        var block = new HistoryBlockReader();
        while (ReadBlock(file, path) is { } payload)
        {
            try
            {
                block.Read(payload, operations);
            }
            catch (InvalidDataException e)
            {
                throw new RecordException($"{path}: the block that ends at byte {file.Position} is damaged: {e.Message}", e);
            }
        }

        return operations;
    }

    private static bool ReadHeader(FileStream file, string path)
    {
        Span<byte> header = stackalloc byte[HistoryFormat.Magic.Length + sizeof(ushort)];
        int read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        int known = Math.Min(read, HistoryFormat.Magic.Length);
        if (!header[..known].SequenceEqual(HistoryFormat.Magic[..known]))
            throw new RecordException($"{path} is no history: it does not begin with its mark.");

        if (read < header.Length)
            return false;

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(header[HistoryFormat.Magic.Length..]);
        return version <= HistoryFormat.Version
            ? true
            : throw new RecordException($"{path} has format {version}; this build reads up to {HistoryFormat.Version}.");
    }

    /// <returns>Null at the end of what is whole.</returns>
    private static byte[]? ReadBlock(FileStream file, string path)
    {
        Span<byte> header = stackalloc byte[HistoryFormat.BlockHeaderBytes];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            return null;

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length == 0 || length > file.Length - file.Position)    // 0: a file system may leave zeros where a crash took the data
            return null;

        byte[] payload = new byte[length];
        file.ReadExactly(payload);
        if (Crc32.HashToUInt32(payload) == BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
            return payload;

        return file.Position == file.Length
            ? null
            : throw new RecordException($"{path}: the block that ends at byte {file.Position} is damaged: its checksum does not match.");
    }
}
