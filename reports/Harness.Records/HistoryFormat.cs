namespace Harness.Records;

/// <summary>How <c>history.bin</c> is laid out.</summary>
/// <remarks>
/// <para>Numbers of fixed size are little-endian. A <i>varint</i> is an unsigned LEB128 number (seven bits a byte, lowest first, the
/// high bit set on all but the last); a <i>signed varint</i> is one whose sign was folded into the lowest bit (zigzag).</para>
/// <code>
/// file     = "HRNSHIST"  version:u16 (1)  block*
/// block    = length:u32 (of the payload, never 0)  checksum:u32 (CRC-32 of the payload)  payload
/// payload  = strings:varint  string*  operations:varint  operation*
/// string   = bytes:varint  UTF-8
/// operation= flags:u8  process:signed  kind:varint  key:varint  [value:varint]  invoked:signed  [duration:signed]
/// </code>
/// <para><c>kind</c>, <c>key</c> and <c>value</c> are places in the block's own table of strings, counted from 0. <c>flags</c>: bits 0–1
/// the outcome
/// (0 unknown, 1 ok, 2 refused), bit 2 a value follows, bit 3 a duration follows (an answer came). Times are ticks of 100 ns since the
/// start of the run: <c>invoked</c> less the previous operation's in the block (the first: less 0), <c>duration</c> from there to
/// completed.</para>
/// <para>Each block stands alone, so a file that was cut anywhere is readable up to its last whole block.</para>
/// </remarks>
internal static class HistoryFormat
{
    public const ushort Version = 1;
    public const int BlockHeaderBytes = 8;
    public const int OutcomeMask = 0b0011;
    public const int HasValue = 0b0100;
    public const int HasCompleted = 0b1000;

    /// <summary>A block is written once it holds this much, so that little is held in memory and little is lost in a crash.</summary>
    public const int BlockBytes = 64 * 1024;

    public static ReadOnlySpan<byte> Magic => "HRNSHIST"u8;
}
