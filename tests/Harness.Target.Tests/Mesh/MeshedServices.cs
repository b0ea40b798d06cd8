using System.Net;
using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Mesh;

namespace Harness.Target.Tests.Mesh;

/// <summary>Orders and Inventory with their sidecars, four real processes, and a tap on the wire between the sidecars. Redis is away, which neither needs here.</summary>
public sealed class MeshedServices : IAsyncLifetime
{
    private static readonly Edge Call = new("orders", "inventory");
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly SidecarPlan _plan = new([Call]);
    private readonly MeshAuthority _authority;

    public MeshedServices()
    {
        _authority = new MeshAuthority(Path.Combine(_folder, "mesh"), TimeProvider.System);
        Wire = new WireTap(_plan.InboundPort("inventory"));
    }

    public WireTap Wire { get; }

    public ServiceProcess Orders { get; private set; } = null!;

    public ServiceProcess Inventory { get; private set; } = null!;

    public ServiceProcess OrdersSidecar { get; private set; } = null!;

    public ServiceProcess InventorySidecar { get; private set; } = null!;

    /// <summary>Speaks as Orders does: plainly, to its own sidecar.</summary>
    public HttpClient ThroughTheMesh { get; private set; } = null!;

    /// <summary>Where other sidecars come to that of Inventory.</summary>
    public IPEndPoint Inbound => new(IPAddress.Loopback, _plan.InboundPort("inventory"));

    /// <summary>A PEM file that the authority of this mesh issued.</summary>
    internal string Issue(string service) => _authority.Issue(service);

    public async ValueTask InitializeAsync()
    {
        ThroughTheMesh = new HttpClient { BaseAddress = _plan.OutboundUrl(Call) };
        var (ordersPort, inventoryPort) = (FreePort.Next(), FreePort.Next());
        var orders = ServiceProcess.StartAsync("orders", _folder, 1, ordersPort, "--inventory-url", _plan.OutboundUrl(Call).ToString(), "--resilience", "mesh");
        var inventory = ServiceProcess.StartAsync("inventory", _folder, 1, inventoryPort, "--resilience", "mesh");
        var ordersSidecar = StartSidecarAsync("orders", ordersPort);
        var inventorySidecar = StartSidecarAsync("inventory", inventoryPort);
        (Orders, Inventory, OrdersSidecar, InventorySidecar) = (await orders, await inventory, await ordersSidecar, await inventorySidecar);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { Orders, Inventory, OrdersSidecar, InventorySidecar })
            await process.DisposeAsync();
        await Wire.DisposeAsync();
        ThroughTheMesh.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<ServiceProcess> StartSidecarAsync(string service, int servicePort)
    {
        var request = new EnvironmentRequest { TargetCommand = [], StoreCommand = [], Seed = 1, Exited = _ => { }, LogFile = name => name };
        var command = _plan.Command(service, _authority, new Dictionary<Edge, Uri> { [Call] = Wire.Url }, servicePort, request);
        return ServiceProcess.StartAsync(SidecarPlan.NameOf(service), _plan.Describe(service).Direct, command);
    }
}
