using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Logs;
using Harness.Toxiproxy.Loops;
using Harness.Toxiproxy.Planes;
using Harness.Toxiproxy.Proxies;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>A connection through a proxy with the given toxics, on a manual loop: the real links and stages, and no socket.</summary>
internal sealed class MemoryProxy : IDataPlane
{
    private readonly ConnectionGroup _group;

    public MemoryProxy(params ToxicDefinition[] toxics)
    {
        Client = new MemoryPeer(Loop);
        Upstream = new MemoryPeer(Loop);
        ToxicChain chain = toxics.Aggregate(ToxicChain.Empty, (c, t) => c.With(t));
        Proxy = new ServedProxy(this, new JsonLog(null, LogLevel.Info, TimeProvider.System), 1, new NewProxy("p", "", "127.0.0.1:1", true, chain));
        _group = new ConnectionGroup(Proxy, this, Loop);
        _group.Add(new Connection(_group, Client, new IPEndPoint(IPAddress.Loopback, 9), 1));
    }

    public ManualLoop Loop { get; } = new();

    public MemoryPeer Client { get; }

    public MemoryPeer Upstream { get; }

    public ServedProxy Proxy { get; }

    public string Name => "memory";

    public IReadOnlyList<Loop> Loops => [Loop];

    /// <summary>Changes the toxics of the open connection.</summary>
    public async Task ChangeAsync(Func<ToxicChain, ToxicChain> change)
    {
        Task changing = Proxy.ChangeToxicsAsync(change(Proxy.Chain));
        _group.ApplyChain();
        Loop.RunAll();
        await changing;
    }

    public static ToxicDefinition Toxic(ToxicType type, params (string Name, object Value)[] attributes) => new()
    {
        Type = type,
        Name = type.Name,
        StreamText = "downstream",
        Stream = ToxicStream.Downstream,
        Toxicity = 1,
        Evidence = new EvidenceCounter(),
        Attributes = attributes.Aggregate(
            AttributeValues.Defaults(type.Attributes), (values, a) => values.With(type.Attributes.Single(s => s.Name == a.Name), a.Value)),
    };

    public IListening Listen(Socket listening, IAcceptor acceptor) => throw new InvalidOperationException("There are no sockets here.");

    public void Connect(Loop loop, IPEndPoint address, Action<Peer?, SocketError> done) => done(Upstream, SocketError.Success);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
