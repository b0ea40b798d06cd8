using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Planes;

/// <summary>How bytes are moved: the loops and the sockets on them.</summary>
internal interface IDataPlane : IAsyncDisposable
{
    /// <summary>Its name for the option and the environment variable: <c>portable</c> or <c>epoll</c>.</summary>
    string Name { get; }

    IReadOnlyList<Loop> Loops { get; }

    /// <summary>Accepts on a socket that already listens, and owns it from now on.</summary>
    IListening Listen(Socket listening, IAcceptor acceptor);

    /// <summary>Connects without waiting; <paramref name="done"/> is called on <paramref name="loop"/>, later, with a peer or with the error.</summary>
    void Connect(Loop loop, IPEndPoint address, Action<Peer?, SocketError> done);
}

/// <summary>Who gets the connections of a listener.</summary>
internal interface IAcceptor
{
    /// <summary>Called once for each connection, in the order of acceptance.</summary>
    long NextNumber();

    /// <summary>Called on the loop that the connection belongs to from now on.</summary>
    void Accepted(int loop, Peer client, IPEndPoint address, long number);
}

/// <summary>A listener at work.</summary>
internal interface IListening
{
    /// <summary>Completes when the address is free again and no further connection will be accepted.</summary>
    Task CloseAsync();
}
