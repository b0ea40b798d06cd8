using System.Buffers.Binary;
using System.Text;

namespace Harness.Target.Tests.Observability;

/// <summary>A message in protobuf's wire format, read field by field without its schema.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, byte[] Bytes)> _fields = [];

    public Protobuf(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var tag = Varint(ref bytes);
            var length = (tag & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(ref bytes),
                5 => 4,
                var type => throw new FormatException($"No field is of wire type {type}."),
            };
            if ((tag & 7) == 0)
            {
                var number = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(number, Varint(ref bytes));
                _fields.Add(((int)(tag >> 3), number));
                continue;
            }

            _fields.Add(((int)(tag >> 3), bytes[..length].ToArray()));
            bytes = bytes[length..];
        }
    }

    public IEnumerable<Protobuf> Messages(int field) => _fields.Where(one => one.Field == field).Select(one => new Protobuf(one.Bytes));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    private byte[] Bytes(int field) => _fields.LastOrDefault(one => one.Field == field).Bytes ?? [];

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
