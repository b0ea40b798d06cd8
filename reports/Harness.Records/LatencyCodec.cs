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

    public static HistogramBase Decode(byte[] encoded) =>
        HistogramEncoding.DecodeFromCompressedByteBuffer(ByteBuffer.Allocate(encoded), minBarForHighestTrackableValue: 0);
}
