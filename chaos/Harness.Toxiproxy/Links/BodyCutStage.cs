namespace Harness.Toxiproxy.Links;

/// <summary>Passes the head of an HTTP response and so many bytes of its body, then ends the stream.</summary>
internal sealed class BodyCutStage(long bodyBytes) : ToxicStage
{
    // How much of the empty line that ends the head has come.
    private int _matched;
    private bool _inBody;
    private long _left = bodyBytes;

    public override bool BelongsToConnection => true;

    protected override void Act()
    {
        while (Input.Count > 0 && Next!.HasRoom)
        {
            int count = CountToPass(Input.Head.Bytes);
            if (count == Input.Head.Length && (!_inBody || _left > 0))
            {
                PassHead();
                continue;
            }
            if (count > 0)
                Next.Push(Input.Head.TakeFirst(count));
            Cut();
            return;
        }
        if (Input.Count == 0 && InputEnded)
            Next!.End();
    }

    private int CountToPass(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length && !_inBody)
            _inBody = EndsHead(bytes[at++]);
        int body = (int)Math.Min(_left, bytes.Length - at);
        _left -= body;
        return at + body;
    }

    private bool EndsHead(byte next)
    {
        ReadOnlySpan<byte> end = "\r\n\r\n"u8;
        _matched = next == end[_matched] ? _matched + 1 : next == '\r' ? 1 : 0;
        return _matched == end.Length;
    }
}
