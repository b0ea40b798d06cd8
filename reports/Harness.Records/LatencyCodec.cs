using System.Buffers.Binary;
using System.IO.Compression;
using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;

namespace Harness.Records;

/// <summary>The compressed form of a histogram, HdrHistogram's encoding V2: a cookie, the length of the rest, and a zlib stream.</summary>
/// <remarks>The package's own compression leaves zlib's closing checksum out, which strict readers in other languages refuse; so the
/// package encodes and the runtime compresses.</remarks>
internal static class LatencyCodec
{
    private const int CompressedV2Cookie = 0x1c849314;
    private const int HeaderBytes = 8;

    public static byte[] Encode(HistogramBase histogram)
    {
        var buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
        byte[] plain = new byte[histogram.Encode(buffer, HistogramEncoderV2.Instance)];
        buffer.Position = 0;
        for (int i = 0; i < plain.Length; i++)
            plain[i] = buffer.Get();

        using var encoded = new MemoryStream();
        encoded.Write(stackalloc byte[HeaderBytes]);
        using (var zlib = new ZLibStream(encoded, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(plain);

        byte[] bytes = encoded.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, CompressedV2Cookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), bytes.Length - HeaderBytes);
        return bytes;
    }

    /// <exception cref="FormatException">It is no such histogram.</exception>
    public static HistogramBase Decode(byte[] encoded)
    {
        if (encoded.Length < HeaderBytes || BinaryPrimitives.ReadInt32BigEndian(encoded) != CompressedV2Cookie)
            throw new FormatException("it holds no compressed histogram of encoding V2");

        // The package's own decompression takes what a single read gives, which for a dense histogram is not all of it.
        using var zlib = new ZLibStream(new MemoryStream(encoded, HeaderBytes, encoded.Length - HeaderBytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        return HistogramEncoding.DecodeFromByteBuffer(ByteBuffer.Allocate(plain.ToArray()), minBarForHighestTrackableValue: 0);
    }
}
