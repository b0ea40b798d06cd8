using System.Net.Security;
using System.Net.Sockets;
using Harness.Target.Resilience;
using Yarp.ReverseProxy.Forwarder;

namespace Harness.Target.Mesh;

/// <summary>The ways of a request through a sidecar: from its service to the callee's sidecar, or from another sidecar to its service.</summary>
internal sealed class Forwarding : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, Way> _byPort = [];
    private readonly IHttpForwarder _forwarder;

    public Forwarding(SidecarOptions options, MeshIdentity identity, EdgePipelines pipelines, IHttpForwarder forwarder)
    {
        _forwarder = forwarder;
        foreach (var edge in options.Outbound)
        {
            var policy = EdgePolicies.Between(options.Service, edge.Callee);
            // The address carries the identity, so that the handshake checks it; where it is dialled is another matter.
            _byPort[edge.Listen.Port] = new Way(
                $"https://{MeshIdentity.NameOf(edge.Callee)}", new HttpMessageInvoker(new EdgeHandler(policy, pipelines, Encrypted(edge, identity))));
        }

        if (options.Inbound is { } inbound)
            _byPort[inbound.Listen.Port] = new Way(inbound.Service.ToString(), new HttpMessageInvoker(Plain()));
    }

    /// <summary>Hands a request on by the port that it came to.</summary>
    public async Task HandAsync(HttpContext context)
    {
        var way = _byPort[context.Connection.LocalPort];
        await _forwarder.SendAsync(context, way.Destination, way.Invoker, new ForwarderRequestConfig { Version = new Version(1, 1) }, AsItCame.Instance);
    }

    public void Dispose()
    {
        foreach (var way in _byPort.Values)
            way.Invoker.Dispose();
    }

    /// <summary>HTTP/1.1, as between services without a mesh: what a fault does to a connection must hit one call, with and without sidecars alike.</summary>
    private static SocketsHttpHandler Encrypted(Outbound edge, MeshIdentity identity)
    {
        var handler = Plain();
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = SslStreamCertificateContext.Create(identity.Certificate, null, offline: true),
            CertificateChainPolicy = identity.ChainPolicy(),
            EnabledSslProtocols = SidecarHost.Protocols,
            AllowTlsResume = false,
        };
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(edge.Peer, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return handler;
    }

    private static SocketsHttpHandler Plain() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        // The trace belongs to the services: their headers pass as they are.
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectTimeout,
    };

    private sealed record Way(string Destination, HttpMessageInvoker Invoker);

    /// <summary>Everything as it came but the host, which is the next station's.</summary>
    private sealed class AsItCame : HttpTransformer
    {
        public static AsItCame Instance { get; } = new();

        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = null;
        }
    }
}
