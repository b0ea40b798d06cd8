using Harness.Toxiproxy.Planes;

namespace Harness.Toxiproxy.Links;

/// <summary>The last stage of every link: writes to the destination as fast as it takes.</summary>
internal sealed class Sink : Stage
{
    public override void Pump()
    {
        while (Input.Count > 0)
        {
            ref Chunk head = ref Input.Head;
            IoStatus status = Link.Destination.TryWrite(head.Bytes, out int count);
            if (status == IoStatus.WouldBlock)
                return;
            if (status != IoStatus.Done)
            {
                Link.Fail();
                return;
            }
            Link.BytesWritten += count;
            head.Skip(count);
            if (head.Length == 0)
                Take().Return();
        }
        if (InputEnded)
            Link.Finish();
    }
}
