using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Loops;
using Harness.Toxiproxy.Planes;
using Harness.Toxiproxy.Proxies;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Links;

/// <summary>A client that was accepted, the upstream dialled for it, and the two links between them. Lives on one loop.</summary>
internal sealed class Connection(ConnectionGroup group, Peer client, IPEndPoint clientAddress, long number)
{
    private Peer? _upstream;
    private Link? _up;
    private Link? _down;
    private Opening? _opening;
    private bool _closed;

    public Loop Loop => group.Loop;

    public ConnectionGroup Group => group;

    public IPEndPoint ClientAddress => clientAddress;

    /// <summary>Counts the connections of a proxy from 1, in the order of acceptance; what chance decides for it follows from this.</summary>
    public long Number => number;

    /// <summary>When it was accepted, on the loop's clock.</summary>
    public TimeSpan AcceptedAt { get; } = group.Loop.Now;

    /// <summary>Read from the client so far.</summary>
    public long BytesUp => _up?.BytesRead ?? 0;

    /// <summary>Read from the upstream so far.</summary>
    public long BytesDown => _down?.BytesRead ?? 0;

    /// <summary>Dials the upstream, unless a toxic has other plans for new connections.</summary>
    public void Start()
    {
        if (!group.Chain.ActsOnOpening)
        {
            Dial();
            return;
        }
        _opening = new Opening(this);
        _opening.Consider(group.Chain);
    }

    public void Dial() => UpstreamDial.Start(group.Plane, Loop, group.Proxy.Upstream, Dialled);

    /// <summary>A toxic turned the client away.</summary>
    public void Refuse()
    {
        group.Proxy.Traffic.Refused();
        Reset();
    }

    /// <summary>Brings the toxics of both links in line with <paramref name="chain"/>.</summary>
    public void Apply(ToxicChain chain)
    {
        _opening?.Consider(chain);
        _up?.Apply(chain);
        _down?.Apply(chain);
    }

    /// <summary>Closes both sides with a FIN, whatever is on its way.</summary>
    public void Close()
    {
        client.Close();
        _upstream?.Close();
        Over();
    }

    /// <summary>Closes both sides with a RST.</summary>
    public void Reset()
    {
        client.Reset();
        _upstream?.Reset();
        Over();
    }

    /// <summary>Says something to the client in place of the upstream.</summary>
    public void AnswerClient(ReadOnlySpan<byte> bytes) => _down?.Inject(bytes);

    /// <summary>Closes after so many bytes of the body of the HTTP response that comes next.</summary>
    public void CutResponseAfter(ToxicDefinition toxic, long bodyBytes) =>
        _down?.Add(new BodyCutStage(bodyBytes) { Link = _down, Toxic = toxic, Draw = 0 });

    /// <summary>Something in this program is wrong: say so, and close.</summary>
    public void Break(Exception bug)
    {
        group.Proxy.Log.Error("A connection broke the proxy", ("proxy", group.Proxy.Name), ("error", bug.ToString()));
        Close();
    }

    /// <summary>A peer was reset: what is on its way to it can be dropped now.</summary>
    public void HungUp(Peer peer)
    {
        if (!peer.HungUp)
            return;
        Link? toPeer = peer == client ? _down : _up;
        toPeer?.Fail();
    }

    /// <summary>A link has written all it ever will. Half-close is not passed on: its destination is closed both ways,
    /// which ends the other link too, once that has written what it holds.</summary>
    public void LinkOver(Link link, bool failed)
    {
        group.CountLink(link, failed);
        link.Destination.Close();
        Link other = link == _up ? _down! : _up!;
        if (other.Finished)
        {
            Close();
            return;
        }
        other.EndOfSource();
        other.Run();
    }

    private void Dialled(Peer? upstream, SocketError error)
    {
        _opening = null;
        if (_closed)
        {
            upstream?.Close();
            return;
        }
        if (upstream is null)
        {
            group.DialFailed(this, error);
            client.Drop();
            Over();
            return;
        }
        _upstream = upstream;
        _up = new Link(this, ToxicStream.Upstream, client, upstream);
        _down = new Link(this, ToxicStream.Downstream, upstream, client);
        Apply(group.Chain);
        client.Ready = () => PeerReady(client);
        upstream.Ready = () => PeerReady(upstream);
        RunBoth();
    }

    private void PeerReady(Peer peer)
    {
        if (peer.HungUp)
            HungUp(peer);
        RunBoth();
    }

    private void RunBoth()
    {
        _up!.Run();
        _down!.Run();
    }

    private void Over()
    {
        if (_closed)
            return;
        _closed = true;
        _opening?.Cancel();
        CountUnlessFinished(_up);
        CountUnlessFinished(_down);
        group.Remove(this);
    }

    private void CountUnlessFinished(Link? link)
    {
        if (link is not { Finished: false })
            return;
        link.Discard();
        group.CountLink(link, failed: false);
    }
}
